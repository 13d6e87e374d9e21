import { catalogue } from '#lib/platform/words.ts'

/** Words about the devices on which members sign roll-calls. */
export const deviceMessages = catalogue(
  {
    title: 'Devices that sign for you',
    lede: 'On a device of yours, your votes by name are signed by you. Nobody can then make up a vote of yours unseen, not even the people who run this service.',
    'this.is': 'This device signs for you.',
    'this.browser': 'Its key was made here and stays here. The browser lets nobody read it.',
    'this.storage':
      'This browser cannot lock the key away. It lies in the browser’s storage, where whoever has this computer could read it.',
    'this.not': 'This device does not sign for you yet.',
    'no-script': 'Signing needs JavaScript. Without it your votes are taken by the service, as you are signed in, and marked so.',
    'no-store': 'This browser keeps nothing, so it cannot keep a key. Leave private browsing, or use another device.',
    'new.title': 'Let this device sign',
    'new.text':
      'The public record then says which key signs for your seat. It does not say who you are or what the device is called. We tell you by e-mail.',
    'field.name': 'What you call this device',
    'field.name.hint': 'Only you see it: my phone, or the laptop at home.',
    'new.go': 'Let this device sign',
    'list.title': 'Your devices',
    none: 'No device signs for you.',
    since: 'Since {at}.',
    ended: 'Ended {at}.',
    key: 'Its key begins {key}.',
    here: 'this device',
    'end.go': 'End it',
    'end.text':
      'Lost a device, or gave it away? End it here. When no device signs for you any more, your votes are taken by the service again.',
    'fault.not seated': 'You have no seat in this body.',
    'fault.name': 'Give the device a name of at most 60 characters.',
    'fault.known already': 'This key was registered before. Load the page again and try once more.',
    'fault.too many': 'Eight devices sign for your seat already. End one first.',
    'fault.signature fails': 'The device did not sign. Signing needs JavaScript: turn it on and try again.',
    'fault.no such device': 'No such device signs for you.',
    'fault.sign in again': 'It is a while since you signed in. For this, sign in again: we send a link to your e-mail address.',
    'sign-in': 'Sign in again',
    'mail.registered.subject': 'A device signs for you: {device}',
    'mail.registered':
      'Hello {name}. On {at} a device that you call “{device}” was registered to sign your votes by name: {body}. Its key begins {key}.',
    'mail.ended.subject': 'A device no longer signs for you: {device}',
    'mail.ended':
      'Hello {name}. On {at} the device “{device}” was ended. It no longer signs your votes by name: {body}. Its key began {key}.',
    'mail.not-you':
      'If this was not you, somebody has your sign-in. End the device, and tell whoever opened the roll-call and your fellow members.',
    'mail.foot': '{movement} wrote to you because a device of yours was registered or ended.',
  },
  {
    title: 'Dyfeisiau sy’n llofnodi drosoch',
    lede: 'Ar ddyfais i chi, chi sy’n llofnodi eich pleidleisiau wrth enw. Ni all neb wedyn ffugio pleidlais ar eich rhan heb i hynny ddod i’r golwg, na’r rhai sy’n rhedeg y gwasanaeth hwn chwaith.',
    'this.is': 'Mae’r ddyfais hon yn llofnodi drosoch.',
    'this.browser': 'Gwnaed ei hallwedd yma ac yma mae’n aros. Nid yw’r porwr yn gadael i neb ei darllen.',
    'this.storage':
      'Ni all y porwr hwn gloi’r allwedd. Mae yn storfa’r porwr, lle gallai pwy bynnag sydd â’r cyfrifiadur hwn ei darllen.',
    'this.not': 'Nid yw’r ddyfais hon yn llofnodi drosoch eto.',
    'no-script':
      'Mae angen JavaScript i lofnodi. Hebddo mae’r gwasanaeth yn derbyn eich pleidleisiau, gan eich bod wedi mewngofnodi, ac yn nodi hynny.',
    'no-store':
      'Nid yw’r porwr hwn yn cadw dim, felly ni all gadw allwedd. Gadewch y modd preifat, neu defnyddiwch ddyfais arall.',
    'new.title': 'Gadael i’r ddyfais hon lofnodi',
    'new.text':
      'Yna mae’r cofnod cyhoeddus yn dweud pa allwedd sy’n llofnodi dros eich sedd. Nid yw’n dweud pwy ydych na beth yw enw’r ddyfais. Byddwn yn dweud wrthych drwy e-bost.',
    'field.name': 'Eich enw ar y ddyfais hon',
    'field.name.hint': 'Dim ond chi sy’n ei weld: fy ffôn, neu’r gliniadur gartref.',
    'new.go': 'Gadael i’r ddyfais hon lofnodi',
    'list.title': 'Eich dyfeisiau',
    none: 'Nid oes dyfais yn llofnodi drosoch.',
    since: 'Ers {at}.',
    ended: 'Daeth i ben {at}.',
    key: 'Mae ei hallwedd yn dechrau {key}.',
    here: 'y ddyfais hon',
    'end.go': 'Dod â hi i ben',
    'end.text':
      'Wedi colli dyfais, neu ei rhoi i rywun? Dewch â hi i ben yma. Pan nad oes dyfais yn llofnodi drosoch mwyach, mae’r gwasanaeth yn derbyn eich pleidleisiau eto.',
    'fault.not seated': 'Nid oes gennych sedd yn y corff hwn.',
    'fault.name': 'Rhowch enw o hyd at 60 nod i’r ddyfais.',
    'fault.known already': 'Cofrestrwyd yr allwedd hon o’r blaen. Llwythwch y dudalen eto a cheisiwch unwaith yn rhagor.',
    'fault.too many': 'Mae wyth dyfais yn llofnodi dros eich sedd eisoes. Dewch ag un i ben gyntaf.',
    'fault.signature fails': 'Ni lofnododd y ddyfais. Mae angen JavaScript i lofnodi: trowch ef ymlaen a cheisiwch eto.',
    'fault.no such device': 'Nid oes dyfais o’r fath yn llofnodi drosoch.',
    'fault.sign in again':
      'Mae peth amser ers ichi fewngofnodi. Ar gyfer hyn, mewngofnodwch eto: anfonwn ddolen i’ch cyfeiriad e-bost.',
    'sign-in': 'Mewngofnodi eto',
    'mail.registered.subject': 'Mae dyfais yn llofnodi drosoch: {device}',
    'mail.registered':
      'Helo {name}. Ar {at} cofrestrwyd dyfais yr ydych yn ei galw’n “{device}” i lofnodi eich pleidleisiau wrth enw: {body}. Mae ei hallwedd yn dechrau {key}.',
    'mail.ended.subject': 'Nid yw dyfais yn llofnodi drosoch mwyach: {device}',
    'mail.ended':
      'Helo {name}. Ar {at} daeth y ddyfais “{device}” i ben. Nid yw’n llofnodi eich pleidleisiau wrth enw mwyach: {body}. Roedd ei hallwedd yn dechrau {key}.',
    'mail.not-you':
      'Os nad chi wnaeth hyn, mae gan rywun eich mewngofnodi. Dewch â’r ddyfais i ben, a dywedwch wrth bwy bynnag a agorodd yr alwad enwau ac wrth eich cyd-aelodau.',
    'mail.foot': 'Ysgrifennodd {movement} atoch am fod dyfais i chi wedi’i chofrestru neu wedi dod i ben.',
  },
)
