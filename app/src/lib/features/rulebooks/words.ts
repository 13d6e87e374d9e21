// The second door of this feature: its words alone, for commands, which have no database.
export { actorsWords } from './actor-words.ts'
export { capital, namingOf, type Naming } from './naming.ts'
export { diagnosticText, findingText, gradeText } from './language-words.ts'
export { placeOf, type Place } from './finding-place.ts'
export { choicesOf, powerName, whatIf, type WayTold, type WhatIf } from './what-if.ts'
export { powerChanges, type PowerChangeView } from './power-changes.ts'
export { differencesOf, type RuleDifference } from './differences.ts'
