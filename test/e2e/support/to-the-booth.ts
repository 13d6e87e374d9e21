import { expect } from '@playwright/test'
import type { Visitor } from './visitor.ts'

/** From somebody's mail to a ballot paper that is ranked. */
export async function toTheBooth(visitor: Visitor, to: string): Promise<void> {
  const { page } = visitor
  const mail = page.getByRole('link', { name: /^Vote: / })
  await visitor.waitFor(`/demo/mail?to=${to}`, async () => (await mail.count()) > 0)
  await mail.first().click()
  await page.getByRole('link', { name: /\/vote\// }).click()
  await expect(page.getByText('You have not ranked anybody yet.')).toBeVisible()
}
