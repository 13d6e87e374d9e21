import { defineConfig } from '@playwright/test'
import { chromiumPath } from './tools/chromium.ts'

const port = process.env['QUORATE_E2E_PORT'] ?? '4390'
const executablePath = chromiumPath()

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'node_modules/.cache/playwright',
  // One demonstration, one clock: the stories share a server, so they take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 390, height: 844 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        // Chromium's sandbox needs user namespaces, which containers block, and refuses root. Only our own pages are opened.
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" tools/start.ts`,
    url: `http://127.0.0.1:${port}/`,
    env: { PORT: port, ...(process.env['QUORATE_DATA'] === undefined ? {} : { QUORATE_DATA: process.env['QUORATE_DATA'] }) },
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
  },
})
