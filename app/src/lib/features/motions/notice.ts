import { canonicalJson } from '@quorate/kernel'
import type { Waiting } from '@quorate/rulebook'
import { documentOf, storeDocument } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { deliveryList, deliveryOf, enqueueMails } from '#lib/platform/mail.ts'
import { words } from '#lib/platform/words.ts'
import { messages } from './messages.ts'
import { perform } from './perform.ts'
import { parseProposal } from './proposal.ts'
import { electorateAsOf } from './register.ts'
import { fullName } from '#lib/features/membership/index.ts'

const purpose = 'notice'

/**
 * Serves notice of a decision: a mail to everyone in the electorate, and, once each has been accepted or refused by its mail server, the act
 * `notify` with the count. Until then nothing counts as noticed. Returns 1 when it moved something.
 */
export async function serveNotice(work: Work, { decision, electorate, group }: Waiting): Promise<number> {
  const about = String(decision)
  const delivery = await deliveryOf(work.db, purpose, about)
  if (delivery.total === 0) return writeMails(work, decision, electorate ?? '', group)
  if (delivery.waiting > 0) return 0
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'notify' },
    facts: ({ now }) =>
      Promise.resolve([
        {
          name: 'notice',
          of: null,
          value: { served: delivery.sent, of: delivery.total },
          at: now,
          knownAt: now,
          source: 'post' as const,
          evidence: null,
        },
      ]),
    before: async ({ tx }) => {
      // The list names nobody: which mails went out is the delivery board's; the record holds counts and this list's fingerprint.
      const states = (await deliveryList(tx, purpose, about)).map((mail) => mail.state).toSorted()
      const list = await storeDocument(tx, canonicalJson({ mailing: 'notice', decision, states }))
      const failed = delivery.bounced + delivery.failed
      return [
        {
          type: 'delivery' as const,
          decision,
          body: {
            mailing: 'notice' as const,
            served: delivery.sent,
            failed,
            channels: [{ channel: 'email' as const, served: delivery.sent, failed }],
            list,
          },
        },
      ]
    },
  })
  return done.kind === 'ok' ? 1 : 0
}

async function writeMails(work: Work, decision: number, electorate: string, group: string | null): Promise<number> {
  const { byNumber, inForce } = await editionsOf(work.db)
  const rulebook = byNumber.get(inForce)
  const row = await work.db.selectFrom('decision').select(['title', 'document']).where('id', '=', decision).executeTakeFirst()
  const text = row?.document === null || row?.document === undefined ? null : await documentOf(work.db, row.document)
  const proposal = text === null ? null : parseProposal(text)
  if (rulebook === undefined || row === undefined) return 0
  const now = work.clock.now()
  const everyone = await electorateAsOf(work.db, rulebook, electorate, { validAt: now, knownAt: now })
  const people = group === null ? everyone : everyone.filter((person) => person.groupId === group)
  const clauses = (proposal?.changes ?? []).map((c) => c.clause).join(', ')
  const isQuestion = clauses === ''
  const page = `${work.settings.publicAddress}/d/${String(decision)}`
  return transaction(work.db, (tx) =>
    enqueueMails(
      tx,
      work.clock,
      work.random,
      people.map((person) => {
        const t = words(messages, person.locale)
        return {
          purpose,
          about: String(decision),
          recipient: person.id,
          address: person.email,
          name: fullName(person),
          locale: person.locale,
          letter: {
            subject: t('notice-subject', { number: decision, title: row.title }),
            parts: [
              t(isQuestion ? 'notice-greeting-question' : 'notice-greeting', { name: person.givenName }),
              isQuestion ? t('notice-what-question', { title: row.title }) : t('notice-what', { title: row.title, clauses }),
              { url: page },
              t('notice-next'),
            ],
            foot: t('notice-foot', { movement: work.movement.name }),
          },
        }
      }),
    ),
  )
}
