export { drainMail } from './mail/drain.ts'
export { renderLetter, type Letter, type LetterBodies, type LetterPart } from './mail/letter.ts'
export {
  claimMails,
  deliveryList,
  deliveryOf,
  enqueueMails,
  mailsWaiting,
  markBounced,
  settleMails,
  type ClaimedMail,
  type Delivery,
  type Mail,
  type MailOutcome,
} from './mail/outbox.ts'
export { openPostOffice, refusedDomain, type PostOffice } from './mail/post-office.ts'
export { smtpTransport, type Transport } from './mail/transport.ts'
