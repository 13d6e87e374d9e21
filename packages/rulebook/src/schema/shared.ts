import { ref, word, yesNo } from '../language/codec.ts'
import { fields } from '../language/codec-fields.ts'
import { actors } from '../language/codec-expressions.ts'
import { phrase, phrases } from '../language/codec-phrase.ts'

/** Whose vote binds a delegate, and when the delegate is free of it. */
export const mandate = fields(
  { by: ref('body', 'electorate'), binding: yesNo },
  { 'free-when': word('the motion is changed', 'new business') },
)

/** What happens when two motions that cannot both stand are carried. */
export const incompatible = fields(
  { 'ruled-by': actors, settle: word('run-off', 'greater margin', 'later falls') },
  { when: word('same meeting', 'next meeting') },
)

/** A way notice is carried. */
export const channel = word('email', 'post', 'phone', 'paper', 'site')

/** Who hears an appeal. */
export const tribunal = phrases(
  phrase('<body> sitting anew', { body: ref('body') }),
  phrase('<body>', { body: ref('body', 'superior') }),
)
