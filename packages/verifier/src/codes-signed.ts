import { areSignedCodes, type Election } from '@quorate/ballots'
import type { Logged, VerifyOptions } from './check.ts'
import { failed, notChecked, passed, type Outcome } from './verdict.ts'

/**
 * Who made the voting codes. A registrar apart signs the voting keys and the bind list that the set-up cites; whose signature that is, only whoever has heard
 * the registrar's key from the registrar can tell, for an operator can make a key as well.
 */
export function checkRegistrar(
  { index, body }: Logged<'setup'>,
  { message }: Pick<Election, 'message'>,
  { registrar: known }: VerifyOptions,
): Outcome {
  const { registrar, credentials: roll, bind: binds } = body
  const isSigned = typeof registrar !== 'string'
  if (isSigned && !areSignedCodes({ uuid: message.uuid, roll, binds }, registrar))
    return failed('registrar-has-not-signed', {
      entry: index,
      expected: `a signature of ${registrar.key}`,
      found: registrar.signature,
    })
  const stated = isSigned ? registrar.key : registrar
  if (known !== undefined)
    return stated === known ? passed() : failed('registrar-differs', { entry: index, expected: known, found: stated })
  if (isSigned) return notChecked('no-registrar-given')
  return notChecked(registrar === 'separate' ? 'registrar-unsigned' : 'single-operator')
}
