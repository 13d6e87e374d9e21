/** An expected outcome or the reason why not. Bad input is daily life: it is a value. A bug is thrown (`assert`). */
export type Result<T, E> = Ok<T> | Fail<E>
/** The good half of a {@link Result}. */
export type Ok<T> = { readonly kind: 'ok'; readonly value: T }
/** The other half; `error` is a closed union wherever a caller must choose what to do. */
export type Fail<E> = { readonly kind: 'fail'; readonly error: E }

/** Wraps a value. */
export const ok = <T>(value: T): Ok<T> => ({ kind: 'ok', value })
/** Wraps a reason. */
export const fail = <E>(error: E): Fail<E> => ({ kind: 'fail', error })
