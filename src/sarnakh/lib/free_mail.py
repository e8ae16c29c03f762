"""Mailbox providers for the public: an address there says nothing about an employer."""

_WORLDWIDE = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com
yahoo.com ymail.com rocketmail.com icloud.com me.com mac.com aol.com aim.com
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com
tuta.com tuta.io keemail.me zoho.com zohomail.com zohomail.eu fastmail.com fastmail.fm
hey.com mail.com email.com usa.com gmx.com gmx.net hushmail.com hush.com lycos.com
excite.com inbox.com mailfence.com runbox.com startmail.com posteo.net posteo.de
mailbox.org disroot.org riseup.net ctemplar.com skiff.com duck.com simplelogin.com
anonaddy.com mozmail.com privaterelay.appleid.com myself.com post.com europe.com
consultant.com engineer.com dr.com writeme.com iname.com techie.com asia.com
mail2world.com bigfoot.com netscape.net juno.com rediffmail.com qq.com 163.com
example.com example.org example.net
"""

_IRAN_AND_ARAB_WORLD = """
chmail.ir mailfa.com mailfa.org vatanmail.ir iran.ir post.ir rayana.ir parsmail.com
persianmail.com iranmail.com mihanmail.com mihanmail.ir yahoo.ir gmail.ir sabamail.ir
parsimail.com irmail.ir emailfa.com aryamail.ir khodam.ir
maktoob.com yahoo.ae yahoo.com.sa yahoo.com.eg yahoo.com.kw hotmail.ae hotmail.com.eg
outlook.sa live.ae eim.ae emirates.net.ae etisalat.ae du.ae windowslive.com naseej.com
arabia.com ayna.com gawab.com islamonline.net masrawy.com link.net tedata.net.eg
batelco.com.bh omantel.net.om qatar.net.qa qualitynet.net kems.net saudi.net.sa
stc.net.sa awalnet.net.sa nesma.net.sa zajil.net cyberia.net.lb idm.net.lb
inco.com.lb go.com.jo orange.jo wanadoo.jo menara.ma iam.ma topnet.tn planet.tn
djaweb.dz earthlink.iq uruklink.net scs-net.org y.net.ye
"""

_EUROPE = """
gmx.de gmx.at gmx.ch gmx.eu web.de t-online.de freenet.de arcor.de online.de email.de
mail.de kabelmail.de vodafone.de bluewin.ch hispeed.ch sunrise.ch chello.at aon.at a1.net
outlook.de hotmail.de live.de yahoo.de yahoo.at yahoo.ch
orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr
cegetel.net club-internet.fr aliceadsl.fr hotmail.fr live.fr outlook.fr yahoo.fr
libero.it virgilio.it tin.it alice.it tiscali.it tim.it fastwebnet.it inwind.it iol.it
email.it hotmail.it live.it outlook.it yahoo.it
telefonica.net terra.es ono.com hotmail.es outlook.es yahoo.es sapo.pt iol.pt mail.pt
btinternet.com btopenworld.com virginmedia.com ntlworld.com blueyonder.co.uk
talktalk.net sky.com tiscali.co.uk plusnet.com hotmail.co.uk live.co.uk outlook.ie
yahoo.co.uk yahoo.ie eircom.net
ziggo.nl kpnmail.nl planet.nl home.nl xs4all.nl hetnet.nl live.nl hotmail.nl yahoo.nl
telenet.be skynet.be proximus.be hotmail.be live.be scarlet.be pt.lu
telia.com comhem.se spray.se hotmail.se live.se yahoo.se online.no broadpark.no
hotmail.no live.no yahoo.no jubii.dk mail.dk tdcadsl.dk hotmail.dk live.dk yahoo.dk
luukku.com suomi24.fi kolumbus.fi hotmail.fi
wp.pl onet.pl onet.eu o2.pl interia.pl gazeta.pl op.pl poczta.fm tlen.pl yahoo.pl
seznam.cz email.cz centrum.cz post.cz volny.cz atlas.cz azet.sk centrum.sk zoznam.sk
freemail.hu citromail.hu indamail.hu abv.bg mail.bg dir.bg yahoo.ro
otenet.gr hol.gr yahoo.gr hotmail.gr net.hr siol.net inbox.lv inbox.lt mail.ee
mynet.com mynet.com.tr hotmail.com.tr yahoo.com.tr outlook.com.tr superonline.com
ttmail.com
mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru
lenta.ru ukr.net i.ua meta.ua bigmir.net tut.by yandex.by yandex.kz mail.kz
"""

_ASIA_AFRICA_AMERICA_PACIFIC = """
126.com yeah.net vip.qq.com foxmail.com sina.com sina.cn sohu.com 139.com 189.cn 21cn.com
tom.com aliyun.com vip.163.com yahoo.com.cn yahoo.cn yahoo.com.hk yahoo.com.tw hinet.net
pchome.com.tw netvigator.com naver.com hanmail.net daum.net nate.com kakao.com
yahoo.co.kr yahoo.co.jp docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com
biglobe.ne.jp ocn.ne.jp excite.co.jp
yahoo.co.in yahoo.in rediff.com indiatimes.com sify.com zoho.in live.in outlook.in
yahoo.com.pk yahoo.co.id yahoo.com.sg yahoo.com.my yahoo.com.ph yahoo.com.vn
yahoo.co.th hotmail.co.th singnet.com.sg streamyx.com
walla.co.il walla.com netvision.net.il yahoo.co.za webmail.co.za mweb.co.za vodamail.co.za
telkomsa.net yahoo.com.ng
uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com r7.com zipmail.com.br
yahoo.com.br hotmail.com.br outlook.com.br yahoo.com.ar hotmail.com.ar fibertel.com.ar
ciudad.com.ar speedy.com.ar yahoo.com.mx hotmail.com.mx prodigy.net.mx live.com.mx
yahoo.com.co yahoo.com.pe yahoo.com.ve yahoo.cl
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
earthlink.net optonline.net roadrunner.com frontier.com frontiernet.net windstream.net
centurylink.net suddenlink.net q.com ameritech.net pacbell.net peoplepc.com netzero.net
yahoo.ca hotmail.ca live.ca outlook.ca sympatico.ca rogers.com shaw.ca telus.net
videotron.ca bell.net
yahoo.com.au yahoo.co.nz live.com.au hotmail.com.au outlook.com.au bigpond.com
bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au westnet.com.au xtra.co.nz
slingshot.co.nz
"""

FREE_MAIL_DOMAINS: frozenset[str] = frozenset(
    " ".join(
        (_WORLDWIDE, _IRAN_AND_ARAB_WORLD, _EUROPE, _ASIA_AFRICA_AMERICA_PACIFIC)
    ).split()
)
