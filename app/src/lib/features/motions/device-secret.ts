// Apart, so that Ed25519 is loaded only by a browser that has none of its own.
export { deviceOf } from '@quorate/record'
