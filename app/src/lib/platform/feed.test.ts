import { instant } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { atomResponse, atomText, type Feed } from './feed.ts'

const at = instant(Date.parse('2026-11-22T09:30:00Z'))
const feed = (title: string): Feed => ({
  address: 'https://lantern.example',
  self: '/record.atom',
  page: '/record',
  title: 'Public record',
  language: 'en-GB',
  author: 'Lantern',
  items: [
    { id: '/record/7', title, href: '/record/7', at, summary: 'A <b>bold</b> & "quoted" sentence' },
    { id: '/record/6', title: 'Entry 6', href: '/record/6', at: instant(at - 1000), summary: '' },
  ],
})

describe('RFC 4287: a feed has what it must', () => {
  test('id, title, updated and author of the feed; id, title, updated and link of each entry', () => {
    const text = atomText(feed('Entry 7'))
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom" xml:lang="en-GB">/,
    )
    expect(text).toContain(
      '<id>https://lantern.example/record</id><title>Public record</title><author><name>Lantern</name></author>',
    )
    expect(text).toContain('<link rel="self" type="application/atom+xml" href="https://lantern.example/record.atom"/>')
    expect(text).toContain(
      '<link rel="alternate" type="text/html" href="https://lantern.example/record"/><updated>2026-11-22T09:30:00',
    )
    expect(text).toContain('<entry><id>https://lantern.example/record/7</id><title>Entry 7</title>')
    expect(text.match(/<entry>/g)).toHaveLength(2)
  })

  test('no text can become markup, and no character that XML forbids gets in', () => {
    const text = atomText(feed('</title><script>\u0000\u001b'))
    expect(text).toContain('<title>&lt;/title&gt;&lt;script&gt;\ufffd\ufffd</title>')
    expect(text).toContain('A &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot; sentence')
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
  })

  test('its media type is its own', async () => {
    const answer = atomResponse(feed('Entry 7'))
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    expect(await answer.text()).toBe(atomText(feed('Entry 7')))
  })
})
