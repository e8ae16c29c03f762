// Digits of the reader's style: <body data-digits="fa|ar|latin">.

const ZEROS = { fa: 0x06f0, ar: 0x0660, latin: 0x30 };
const zero = ZEROS[document.body.dataset.digits] ?? ZEROS.latin;
const isLatin = zero === ZEROS.latin;

/** Signs between groups of three and before decimals. */
export const grouping = isLatin ? "," : "٬";
export const decimal = isLatin ? "." : "٫";

/**
 * The text with all digits as 0–9.
 * @param {string} text
 */
export function toLatin(text) {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/**
 * The text with 0–9 in the reader's style.
 * @param {string} text
 */
export function localized(text) {
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/**
 * A whole number in groups of three.
 * @param {string | number} value
 */
export function number(value) {
  return localized(String(value).replace(/\B(?=(\d{3})+(?!\d))/g, grouping));
}

/**
 * The whole number that a text shows; NaN when it shows more than that ("10,000+").
 * @param {string} text
 */
export function wholeNumber(text) {
  const plain = toLatin(text.trim()).replace(/[,٬]/g, "");
  return /^\d+$/.test(plain) ? Number(plain) : NaN;
}
