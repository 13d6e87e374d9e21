import type { trusteeFileEn } from './trustee-file-messages.en.ts'

/** Sentences of the trustees' program on a disk in Welsh. */
export const trusteeFileCy: Readonly<Record<keyof typeof trusteeFileEn, string>> = {
  fTitle: 'Rhaglen yr ymddiriedolwr',
  fIntro: 'Nid yw’r ffeil hon yn gofyn dim i weinydd nac yn anfon dim. Dewch â thasg o’ch desg, a chariwch ateb yn ôl.',
  fTask: 'Ffeil y dasg',
  fTaskHelp: 'Mae i’w chael wrth eich desg ymddiriedolwr: “Cael ffeil y dasg”.',
  fNextTitle: 'Y tro nesaf',
  fNext: 'Ffeil y dasg nesaf',
  fNextHelp: 'Gadewch y dudalen hon ar agor, neu agorwch y ffeil eto wedyn gyda’ch ffeil allwedd wrth law.',
  fReading: 'Yn darllen y dasg.',
  fNotTask: 'Nid ffeil tasg yw hon, neu nid yw’n gyfan. Mae un i’w chael wrth eich desg ymddiriedolwr.',
  fAnAnswer: 'Ffeil ateb yw hon. Mae’n mynd i’ch desg; yma mae angen ffeil tasg.',
  fLater: 'Mae’r dasg hon ar gyfer fersiwn diweddarach o’r rhaglen. Mynnwch y rhaglen newydd, a chymharwch ei hôl bys.',
  fDamaged: 'Mae ffeil y dasg wedi’i difrodi. Does dim ar goll: mynnwch hi o’ch desg eto.',
  fOther: 'Mae’r dasg hon ar gyfer pleidlais arall, nid un yr allwedd sydd gennych yma. Agorwch y rhaglen unwaith eto i honno.',
  fOlder: 'Mae’r dasg hon yn hŷn na’r un sydd gennych yma. Mynnwch un newydd o’ch desg.',
  fNoTrustee: 'Gwnaed y dasg hon ar gyfer rhywun nad yw’n ymddiriedolwr y bleidlais hon.',
  fAnswer: 'Eich ateb',
  fAnswerText: 'Cadwch y ffeil ateb, a’i rhoi i mewn wrth eich desg. Nid yw’ch allwedd ynddi.',
  fAnswerSaved: 'Cadwyd y ffeil ateb. Rhowch hi i mewn wrth eich desg; nid yw’r un un ddwywaith yn gwneud drwg.',
  fKeyFirst: 'Cadwch eich ffeil allwedd yn gyntaf. Wedyn gellir cadw’ch ateb yma.',
  fSaveAnswer: 'Cadw’r ffeil ateb',
  fWhy: 'Yr hyn y mae’r ffeil hon yn ei ddiogelu, a’r hyn nad yw',
  fWhyText:
    'Gallai pwy bynnag sy’n rhedeg y gweinydd newid tudalen ohono i gymryd eich allwedd. Mae’r ffeil hon yn aros fel y mae. Cymharwch ei hôl bys ag ymddiriedolwyr eraill, dros y ffôn.',
  fWhyNot: 'Nid yw’n diogelu rhag rhaglen rhywun arall ar y ddyfais hon, na rhag ymddiriedolwyr sy’n gweithredu gyda’i gilydd.',
  tStart:
    'Gwneir yr allwedd ar y ddyfais hon ac mae’n aros yma. Mae tri cham. Mae gan bob un ffeil tasg a ffeil ateb, ac mae’n aros am yr ymddiriedolwyr eraill.',
  tAwait: 'Yn aros am {names}. Rhowch eich ateb isod i mewn, os oes un. Wedyn dewch yn ôl gyda thasg newydd.',
  tAwaitTurn: 'Mae’ch rhan chi o gam {step} wedi’i gwneud. Rhowch eich ateb i mewn, ac wedyn dewch yn ôl gyda thasg newydd.',
  tLostKey: 'Rydych wedi dechrau’ch allwedd. Llwythwch eich ffeil allwedd i fynd ymlaen.',
  tReady: 'Pan fydd y bleidlais wedi cau, dewch yn ôl gyda thasg newydd. Cewch e-bost.',
  tRehearseHelp:
    'Agorwch y rhaglen hon ar ail ddyfais gyda’r un dasg, a llwythwch eich ffeil allwedd yno. Rhaid iddi ddweud bod yr allwedd yn ffitio.',
  tStepDone: 'Gwnaed y cam hwn eisoes. Mynnwch dasg newydd o’ch desg.',
  tShuffledTitle: 'Mae’ch cymysgu wedi’i wneud',
  tShuffleWait: 'Rhowch eich ateb isod i mewn, os oes un. Wedyn dewch yn ôl gyda thasg newydd, pan fydd eich desg yn dweud.',
  tSending: 'Yn ysgrifennu’ch ateb.',
  tDone:
    'Gwiriwyd pob un o’r {ballots} papur, a chyfrifir {counted} pleidlais. Mae’ch rhan chi o’r agor yn eich ateb: rhowch ef i mewn.',
  tWaitOthers: 'Rhowch eich ateb i mewn, os oes un isod. Mae’r lleill yn gwneud eu rhan hefyd.',
  tCounted: 'Gyda’ch un chi, mae digon o ymddiriedolwyr wedi agor. Rhowch eich ateb i mewn, os oes un isod.',
  tRefusedTitle: 'Ni ellir gwneud y cam hwn gyda’r dasg hon',
  offlineTitle: 'Nid yw’r dasg hon yn dweud digon',
  offlineLoad: 'Mae rhywbeth ar goll ynddi y mae’n rhaid i’ch rhaglen ei wirio. Mynnwch dasg newydd o’ch desg.',
}
