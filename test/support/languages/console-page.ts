// What a reader sees of a page of the console in one language.
import assert from 'node:assert/strict'
import { type Seen, textWithout } from '../form-browser.ts'

/**
 * Asserts the status and language of a page, that its text has each of `forms`, and that no message lacks a value.
 * @param without names of elements that are not text, such as code
 * @returns the text
 */
export function assertPage(
  page: Seen,
  expected: { readonly language: string; readonly status?: number; readonly without?: readonly string[] },
  ...forms: readonly (RegExp | string)[]
): string {
  const { language, status = 200, without = ['code'] } = expected
  const text = textWithout(page, without)
  assert.equal(page.status, status, page.url)
  assert.match(page.text, new RegExp(`<html lang="${language}"`), page.url)
  // `(uid={username})` is a filter of LDAP.
  assert.doesNotMatch(text.replaceAll('(uid={username})', ''), /\{\w+\}/, page.url)
  for (const form of forms) {
    if (typeof form === 'string') assert.ok(text.includes(form), `${page.url}: ${form}\n${text}`)
    else assert.match(text, form, page.url)
  }
  return text
}
