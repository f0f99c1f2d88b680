// Attaches a policy in the console, without JavaScript: the form of its page, then who gains and who loses, then the button.
import assert from 'node:assert/strict'
import { type FormBrowser, headingOf, type Seen } from '../form-browser.ts'

const path = '/console/access/attach'

export interface AttachmentFields {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  readonly do: 'attach' | 'detach'
}

/** The page that shows who gains and who loses. @param policyPage path of the policy's page */
export async function attachmentReview(
  browser: FormBrowser,
  policyPage: string,
  fields: AttachmentFields,
): Promise<Seen> {
  const review = await browser.submit(await browser.open(policyPage), { ...fields }, path)
  assert.match(headingOf(review) ?? '', fields.do === 'attach' ? /^Attach / : /^Detach /)
  return review
}

/** @returns the page of the policy, afterwards */
export async function changeAttachment(
  browser: FormBrowser,
  policyPage: string,
  fields: AttachmentFields,
): Promise<Seen> {
  const done = await browser.submit(await attachmentReview(browser, policyPage, fields), {}, path)
  assert.match(done.text, fields.do === 'attach' ? /The policy is attached/ : /The policy is detached/)
  return done
}
