import fc from 'fast-check'

// The nightly run asks every property twenty times as often; a failure prints its seed either way.
if (process.env['QUORATE_NIGHTLY'] === '1') fc.configureGlobal({ numRuns: 2000 })
