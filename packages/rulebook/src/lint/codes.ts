/** What blocks activation (`error`) and what must be waived on the record (`warning`). */
export type Grade = 'error' | 'warning'

/** One row: its grade, what it means in general (for the reference), and what it says of one rule; `{name}` is a figure or the subject. */
type Row = {
  readonly grade: Grade
  /** Whether it is about something that is not there: then a rule with an unknown field cannot show it. */
  readonly absence?: true
  readonly means: string
  readonly en: string
  readonly cy: string
}

/**
 * Everything the linter finds, by code: a table. The sentences are complete in both languages, so that a page need not join fragments; the
 * Welsh awaits a native reader. RULEBOOK design, section 4.
 */
export const findingRows = {
  unresolved: {
    grade: 'error',
    means: 'A field is unknown, or has readings of which none is ratified. The rule grants nothing until somebody decides.',
    en: 'The field “{subject}” is left open: nobody has decided what it says.',
    cy: 'Mae’r maes “{subject}” wedi’i adael yn agored: nid oes neb wedi penderfynu beth mae’n ei ddweud.',
  },
  'or-between-thresholds': {
    grade: 'error',
    means: 'Two thresholds are joined by “or”, and nothing says whether the lower or the higher counts.',
    en: '“{subject}” names two thresholds and does not say which counts: {readings}.',
    cy: 'Mae “{subject}” yn enwi dau drothwy heb ddweud pa un sy’n cyfrif: {readings}.',
  },
  'filled-or-established': {
    grade: 'error',
    means: '“All members” or “a majority of all members” can mean the seats filled or the seats established.',
    en: '“{subject}” can count the seats that are filled or all the seats there are: {readings}.',
    cy: 'Gall “{subject}” gyfrif y seddi sydd wedi’u llenwi neu’r holl seddi sydd: {readings}.',
  },
  'refusal-unsaid': {
    grade: 'error',
    means: 'It is not said whether a proposal is refused when it is voted down, or already when it is not agreed.',
    en: '“{subject}” does not say when a proposal counts as refused: voted down, or merely not agreed.',
    cy: 'Nid yw “{subject}” yn dweud pryd mae cynnig yn cyfrif fel un a wrthodwyd: ar ôl colli’r bleidlais, neu heb gytundeb yn unig.',
  },
  'base-undated': {
    grade: 'error',
    means: 'A share of a number that changes, without the day on which the number is taken.',
    en: '“{subject}” is a share of a number that changes, and no day is named on which it is counted.',
    cy: 'Mae “{subject}” yn gyfran o nifer sy’n newid, ac ni enwir diwrnod i’w gyfrif.',
  },
  'base-unstated': {
    grade: 'error',
    means: 'A share that does not say of what: of those who vote, of the votes for, of the roll.',
    en: '“{subject}” does not say of what it is a share: {readings}.',
    cy: 'Nid yw “{subject}” yn dweud o beth y mae’n gyfran: {readings}.',
  },
  'empty-class-veto': {
    grade: 'error',
    means: 'The consent of a class is needed, and nothing says what holds when the class has nobody. Write `or none seated`.',
    en: '“{subject}” needs the consent of “{class}”, and does not say what holds when there is nobody in it.',
    cy: 'Mae ar “{subject}” angen cydsyniad “{class}”, ac nid yw’n dweud beth sy’n dal pan nad oes neb ynddo.',
  },
  'nothing-reckons-time': {
    grade: 'error',
    absence: true,
    means: 'There is no calendar: nothing says in which zone days begin and end.',
    en: 'No rule says how time is counted.',
    cy: 'Nid oes rheol yn dweud sut mae cyfrif amser.',
  },
  'no-genesis': {
    grade: 'error',
    absence: true,
    means: 'No clause says how the rules come into force the first time, and no higher rulebook does.',
    en: 'No rule says how these rules come into force the first time.',
    cy: 'Nid oes rheol yn dweud sut mae’r rheolau hyn yn dod i rym y tro cyntaf.',
  },
  'nobody-changes-the-rules': {
    grade: 'error',
    absence: true,
    means: 'No clause grants amend-rulebook.',
    en: 'Nobody can change these rules.',
    cy: 'Ni all neb newid y rheolau hyn.',
  },
  'power-without-route': {
    grade: 'error',
    absence: true,
    means: 'A power with neither holder nor procedure.',
    en: 'The power “{subject}” has neither a holder nor a procedure.',
    cy: 'Nid oes gan y pŵer “{subject}” ddeiliad na gweithdrefn.',
  },
  'power-nobody-holds': {
    grade: 'error',
    absence: true,
    means: 'A rule relies on a power that no clause grants, or a procedure enacts one that is not granted through it.',
    en: '“{subject}” relies on the power “{power}”, which no rule grants this way.',
    cy: 'Mae “{subject}” yn dibynnu ar y pŵer “{power}”, nad yw’r un rheol yn ei roi fel hyn.',
  },
  'two-strengths': {
    grade: 'warning',
    means: 'One power can be used by two ways, and one of them is easier in every respect. The stricter one protects nobody.',
    en: 'The power “{subject}” has an easier way, “{easier}”, beside a stricter one, “{stricter}”.',
    cy: 'Mae gan y pŵer “{subject}” ffordd haws, “{easier}”, wrth ochr un lymach, “{stricter}”.',
  },
  'unknown-id': {
    grade: 'error',
    means: 'A name that nothing defines.',
    en: 'Nothing defines “{subject}”.',
    cy: 'Nid oes dim yn diffinio “{subject}”.',
  },
  'empty-reference': {
    grade: 'error',
    means: 'An electorate asks for what nobody can have.',
    en: 'Nobody can be “{subject}”, so this electorate is empty.',
    cy: 'Ni all neb fod yn “{subject}”, felly mae’r etholaeth hon yn wag.',
  },
  'clause-in-no-tier': {
    grade: 'error',
    absence: true,
    means: 'No tier guards a clause, so nobody knows by which procedure it is changed.',
    en: 'No tier says how rule {subject} is changed.',
    cy: 'Nid oes haen yn dweud sut mae newid rheol {subject}.',
  },
  'entrenchment-bypassed': {
    grade: 'error',
    means:
      'The rules can be changed without the procedure of their tier: by a body alone, in an emergency, or by handing the power on.',
    en: '“{subject}” can change the rules without the procedure of their tier.',
    cy: 'Gall “{subject}” newid y rheolau heb weithdrefn eu haen.',
  },
  'amendable-by-less': {
    grade: 'error',
    means:
      'What makes a tier strong (the tier, its procedure, its electorate, a body that decides in it) can be changed by something weaker.',
    en: 'Rule {subject} is part of what protects the tier “{tier}”, and can be changed by “{procedure}”, which asks for less.',
    cy: 'Mae rheol {subject} yn rhan o’r hyn sy’n gwarchod yr haen “{tier}”, a gellir ei newid drwy “{procedure}”, sy’n gofyn am lai.',
  },
  'base-without-meaning': {
    grade: 'error',
    means: 'A share of something that does not exist there, such as a roll in a committee.',
    en: '“{subject}” is a share of something that is not there.',
    cy: 'Mae “{subject}” yn gyfran o rywbeth nad yw yno.',
  },
  'no-timeout': {
    grade: 'error',
    means: 'A time limit, and nothing that follows when it passes. Whoever must act can then stop everything by doing nothing.',
    en: '“{subject}” has a time limit, and nothing says what follows when it passes.',
    cy: 'Mae gan “{subject}” derfyn amser, ac nid oes dim yn dweud beth sy’n dilyn pan aiff heibio.',
  },
  'appeal-to-the-decider': {
    grade: 'error',
    means: 'An appeal or challenge goes to those who decided.',
    en: 'An appeal about “{subject}” goes to those who decided it.',
    cy: 'Mae apêl am “{subject}” yn mynd at y rhai a benderfynodd.',
  },
  'no-exit': {
    grade: 'error',
    means: 'A procedure that cannot take effect, a stage nothing leads to, or a circle without an end.',
    en: 'There is no way on from “{subject}”, or none to it.',
    cy: 'Nid oes ffordd ymlaen o “{subject}”, neu ddim ffordd ato.',
  },
  'deadline-before-notice': {
    grade: 'error',
    means: 'Something is due before the notice that tells people of it has been given.',
    en: '“{subject}” is due {due} before the meeting, and notice of it is given only {notice} before.',
    cy: 'Mae “{subject}” i’w wneud {due} cyn y cyfarfod, ond dim ond {notice} cyn hynny y rhoddir hysbysiad.',
  },
  'ballot-before-notice': {
    grade: 'error',
    means: 'A ballot can open, or amendments can close, before notice has been read.',
    en: '“{subject}” can come before people have read the notice.',
    cy: 'Gall “{subject}” ddod cyn i bobl ddarllen yr hysbysiad.',
  },
  'self-filling-body': {
    grade: 'error',
    means: 'A body can fill its own seats or vacancies for as long as it likes.',
    en: '“{subject}” can fill its own seats for as long as it likes.',
    cy: 'Gall “{subject}” lenwi ei seddi ei hun am gyhyd ag y mynno.',
  },
  'power-without-end': {
    grade: 'error',
    absence: true,
    means: 'An emergency or a delegation of power that need never end, because it has no expiry or can be renewed at once.',
    en: '“{subject}” has no end, or can be renewed the moment it ends.',
    cy: 'Nid oes diwedd i “{subject}”, neu gellir ei adnewyddu’r funud y daw i ben.',
  },
  'freeze-after-suspension': {
    grade: 'error',
    means: 'The roll is fixed after the ballot is announced, and until then somebody can suspend or exclude voters.',
    en: 'The roll of “{subject}” is fixed after notice, and until then “{power}” can take voters off it.',
    cy: 'Pennir cofrestr “{subject}” ar ôl yr hysbysiad, a than hynny gall “{power}” dynnu pleidleiswyr oddi arni.',
  },
  'adoption-on-a-tie': {
    grade: 'error',
    means: '“At least half” carries a tie: the change is made although as many are against it.',
    en: '“{subject}” carries a proposal on equal votes.',
    cy: 'Mae “{subject}” yn derbyn cynnig ar bleidlais gyfartal.',
  },
  'opponents-help': {
    grade: 'warning',
    means:
      'A turnout rule that opponents can meet for the proposers by voting against, for more than a tenth of the roll. A share of the roll for (“yes at least 15% of roll”) has no such effect.',
    en: 'Under “{subject}” opponents help by voting: alone a proposal needs {alone}% of the roll, with their votes against only {together}%.',
    cy: 'O dan “{subject}” mae gwrthwynebwyr yn helpu drwy bleidleisio: mae ar gynnig angen {alone}% o’r gofrestr ar ei ben ei hun, ond dim ond {together}% gyda’u pleidleisiau yn erbyn.',
  },
  'unmeetable-quota': {
    grade: 'error',
    means: 'No choice of people can meet the quotas: they ask for more seats than there are, or exclude one another.',
    en: 'The quotas of “{subject}” need at least {needed} seats, and there are {seats}.',
    cy: 'Mae ar gwotâu “{subject}” angen o leiaf {needed} o seddi, ac mae {seats}.',
  },
  'inquorate-by-exclusion': {
    grade: 'error',
    means: 'A body that its own exclusions or recusals leave without a quorum.',
    en: '“{subject}” needs {needed} present, and its own exclusions leave {left}.',
    cy: 'Mae ar “{subject}” angen {needed} yn bresennol, ac mae ei eithriadau ei hun yn gadael {left}.',
  },
  'beyond-the-number': {
    grade: 'error',
    means: 'A threshold above the number of seats or people there are.',
    en: '“{subject}” asks for {needed}, and there are {there}.',
    cy: 'Mae “{subject}” yn gofyn am {needed}, ac mae {there}.',
  },
  'not-enough-seated': {
    grade: 'warning',
    means: 'A threshold of established seats that the seats filled today cannot meet.',
    en: '“{subject}” asks for {needed} seats, and {there} are filled today.',
    cy: 'Mae “{subject}” yn gofyn am {needed} o seddi, ac mae {there} wedi’u llenwi heddiw.',
  },
  'never-reached': {
    grade: 'warning',
    means: 'A turnout above any the movement has ever had.',
    en: '“{subject}” asks for {needed} voters of {of}; the most there have been is {best} of {of}.',
    cy: 'Mae “{subject}” yn gofyn am {needed} o bleidleiswyr o {of}; y mwyaf a fu yw {best} o {of}.',
  },
  'base-that-shrinks': {
    grade: 'warning',
    means: 'A quorum or special majority of a number that people can leave, so that resigning lowers it.',
    en: '“{subject}” is measured against a number that falls when people leave.',
    cy: 'Mesurir “{subject}” yn erbyn nifer sy’n gostwng pan fydd pobl yn gadael.',
  },
} as const satisfies Readonly<Record<string, Row>>

/** What the linter finds, closed. Each has a rulebook that triggers it and one that does not, as tests. */
export type FindingCode = keyof typeof findingRows

/** The row of a code. */
export const rowOf = (code: FindingCode): Row => findingRows[code]

/** The codes of grade `warning`: what a rule may waive. */
export const warningCodes = [
  'two-strengths',
  'opponents-help',
  'not-enough-seated',
  'never-reached',
  'base-that-shrinks',
] as const
/** A code that may be waived. */
export type WarningCode = (typeof warningCodes)[number]
