import { catalogue, words, type Locale } from '#lib/platform/words.ts'

/** Words about members, their standing and their offices. */
export const messages = catalogue(
  {
    'you.title': 'You',
    'you.number': 'Membership number',
    'you.since': 'Member since',
    'you.group': 'Your group',
    'you.email': 'We write to you at',
    'you.membership': 'Your membership',
    'you.standing': 'Your standing',
    'you.standing.from': '{standing} from {date}',
    'you.offices': 'What you hold',
    'you.offices.none': 'You hold no office and no seat.',
    'you.desks': 'Go to your desks',
    'you.since-date': 'Since {date}',
    'you.can-vote': 'You can vote in national ballots.',
    'you.cannot-vote': 'You cannot vote in national ballots now.',
    'you.sign-out': 'Sign out',
    'home.national': 'National ballots',
    'home.yes': 'Yes',
    'home.no-standing': 'No, your membership is not active',
    'home.no-class': 'No, supporters have no vote',
    'home.member-since': 'Member since',
    'standing.applicant': 'Applied',
    'standing.active': 'Active',
    'standing.lapsed': 'Lapsed',
    'standing.suspended': 'Suspended',
    'standing.resigned': 'Left',
    'standing.excluded': 'Excluded',
    'standing.deceased': 'Died',
    'office.chair': 'Chair of the committee',
    'office.returning-officer': 'Returning officer',
    'office.registrar': 'Registrar',
    'office.panel-clerk': 'Clerk of the panel',
    'office.group-secretary': 'Group secretary',
    'office.trustee': 'Trustee',
    'body.committee': 'Member of the committee',
    'body.panel': 'Member of the panel',
  },
  {
    'you.title': 'Chi',
    'you.number': 'Rhif aelodaeth',
    'you.since': 'Aelod ers',
    'you.group': 'Eich grŵp',
    'you.email': 'Rydym yn ysgrifennu atoch yn',
    'you.membership': 'Eich aelodaeth',
    'you.standing': 'Eich statws',
    'you.standing.from': '{standing} o {date}',
    'you.offices': 'Beth rydych yn ei ddal',
    'you.offices.none': 'Nid ydych yn dal swydd na sedd.',
    'you.desks': 'Mynd i’ch desgiau',
    'you.since-date': 'Ers {date}',
    'you.can-vote': 'Cewch bleidleisio mewn pleidleisiau cenedlaethol.',
    'you.cannot-vote': 'Ni chewch bleidleisio mewn pleidleisiau cenedlaethol ar hyn o bryd.',
    'you.sign-out': 'Allgofnodi',
    'home.national': 'Pleidleisiau cenedlaethol',
    'home.yes': 'Ydy',
    'home.no-standing': 'Na, nid yw eich aelodaeth yn weithredol',
    'home.no-class': 'Na, does gan gefnogwyr ddim pleidlais',
    'home.member-since': 'Aelod ers',
    'standing.applicant': 'Wedi gwneud cais',
    'standing.active': 'Gweithredol',
    'standing.lapsed': 'Wedi dod i ben',
    'standing.suspended': 'Wedi’i atal',
    'standing.resigned': 'Wedi gadael',
    'standing.excluded': 'Wedi’i ddiarddel',
    'standing.deceased': 'Wedi marw',
    'office.chair': 'Cadeirydd y pwyllgor',
    'office.returning-officer': 'Swyddog canlyniadau',
    'office.registrar': 'Cofrestrydd',
    'office.panel-clerk': 'Clerc y panel',
    'office.group-secretary': 'Ysgrifennydd grŵp',
    'office.trustee': 'Ymddiriedolwr',
    'body.committee': 'Aelod o’r pwyllgor',
    'body.panel': 'Aelod o’r panel',
  },
)

type Key = keyof (typeof messages)['en']
const isKey = (key: string): key is Key => key in messages.en

/** An office's title in words; an office the catalogue does not know is shown by its id. */
export function officeTitle(office: string, locale: Locale): string {
  const key = `office.${office}`
  return isKey(key) ? words(messages, locale)(key) : office
}

/** A seat's title in words, likewise. */
export function bodyTitle(body: string, locale: Locale): string {
  const key = `body.${body}`
  return isKey(key) ? words(messages, locale)(key) : body
}
