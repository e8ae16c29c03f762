// What a text means when it was typed with the wrong keyboard layout: the same keys read
// as Persian or Arabic letters, and the other way round.

const LATIN = [..."qwertyuiop[]asdfghjkl;'zxcvbnm,./"];
const LAYOUTS = {
  fa: [..."ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو./"],
  ar: [..."ضصثقفغعهخحجدشسيبلاتنمكطئءؤر", "لا", ..."ىةوزظ"],
};

const own = LAYOUTS[document.documentElement.lang] ?? LAYOUTS.fa;

/**
 * The same keys on the other layout; empty when nothing would change.
 * @param {string} text
 */
export function otherLayout(text) {
  const isLatin = /[a-z]/i.test(text);
  const [from, to] = isLatin ? [LATIN, own] : [own, LATIN];
  const read = [...text.toLowerCase()]
    .map((letter) => (from.includes(letter) ? to[from.indexOf(letter)] : letter))
    .join("");
  return read === text ? "" : read;
}
