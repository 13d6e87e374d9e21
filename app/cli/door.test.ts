import { describe, expect, test } from 'vitest'
import { boothPolicy, headersFor, hostOf, publicOrigin } from './door.ts'

describe('the host the application is told', () => {
  test('is the public one, whatever a request says, once it is set', () => {
    expect(hostOf('evil.example', 'https://lantern.example', '127.0.0.1')).toBe('lantern.example')
    expect(hostOf(undefined, 'https://lantern.example:8443', '0.0.0.0')).toBe('lantern.example:8443')
  })
  test('is this machine’s on loopback; any other name is a rebound DNS and refused', () => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])
      expect(hostOf(host, null, '127.0.0.1')).toBe(host)
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'a b',
      '',
      undefined,
      'x'.repeat(300),
    ])
      expect(hostOf(host, null, '127.0.0.1')).toBeNull()
  })
  test('is believed on another address without a public one, if it can be a host', () => {
    expect(hostOf('192.168.1.5:3000', null, '0.0.0.0')).toBe('192.168.1.5:3000')
    expect(hostOf('a/b', null, '0.0.0.0')).toBeNull()
  })
})

test('a public address is an origin or said to be none', () => {
  expect(publicOrigin('https://lantern.example/vote')).toBe('https://lantern.example')
  expect([publicOrigin(undefined), publicOrigin('')]).toEqual([null, null])
  expect([publicOrigin('lantern'), publicOrigin('ftp://x')]).toEqual(['not an address', 'not an address'])
})

describe('headers', () => {
  const of = (path: string, secure = false) => new Map(headersFor(path, secure))
  test('pages keep `same-origin` as referrer policy, or browsers would send forms with `Origin: null`', () => {
    expect(of('/you').get('referrer-policy')).toBe('same-origin')
    expect(of('/booth/assets/x.js').get('referrer-policy')).toBe('no-referrer')
  })
  test('static files, which the application never sees, have a content policy', () => {
    for (const path of ['/_app/immutable/x.css', '/favicon.svg'])
      expect(of(path).get('content-security-policy')).toBe("default-src 'none'")
    expect(of('/booth/index.html').get('content-security-policy')).toBe(boothPolicy)
    expect(of('/').has('content-security-policy')).toBe(false)
  })
  test('the booth may run no code but its own, reach no other place, and be framed by nobody', () => {
    expect(boothPolicy).toMatch(/default-src 'none'.*frame-ancestors 'none'.*require-trusted-types-for 'script'/)
    expect(boothPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
  })
  test('a secure address says so for two years; an insecure one does not', () => {
    expect(of('/', true).get('strict-transport-security')).toBe('max-age=63072000')
    expect(of('/').has('strict-transport-security')).toBe(false)
  })
})
