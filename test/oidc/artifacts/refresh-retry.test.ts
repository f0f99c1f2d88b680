// Who comes again with what was redeemed (attacks.md 5 and 6), rule by rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  answerPatience,
  judgeCode,
  judgeRefreshToken,
  type PresentingClient,
  type RedemptionState,
  retryWindow,
  type Verdict,
} from '../../../src/oidc/artifacts/refresh-retry.ts'

const at = 1_000_000
const answered = at + 200
const owner: PresentingClient = { clientId: 'web', confidential: true, jkt: undefined, arrivedAt: at + 5000 }
const alone: RedemptionState = { successorUsed: false, concurrent: false, now: at + 5000 }
const token = { clientId: 'web' }
const bound = { clientId: 'web', jkt: 'key' }

interface Case {
  readonly what: string
  readonly token?: Parameters<typeof judgeRefreshToken>[0]
  readonly answeredAt?: number | undefined
  readonly who?: Partial<PresentingClient>
  readonly when?: Partial<RedemptionState>
  readonly refresh: Verdict
  /** The same of a code, where it is another. */
  readonly code: Verdict
}

const unanswered = { answeredAt: undefined }
// biome-ignore format: a table
const cases: readonly Case[] = [
  { what: 'the same client and key, after the response',          refresh: 'retry',  code: 'reused' },
  { what: 'arrived before the response',         who: { arrivedAt: answered - 1 }, refresh: 'concurrent', code: 'concurrent' },
  { what: 'arrived with the response',               who: { arrivedAt: answered }, refresh: 'concurrent', code: 'concurrent' },
  { what: 'arrived just after it',                 who: { arrivedAt: answered + 1 }, refresh: 'retry', code: 'reused' },
  { what: 'several at once',                              when: { concurrent: true }, refresh: 'concurrent', code: 'concurrent' },
  { what: 'while the first has no response yet',         ...unanswered, when: { now: at + answerPatience - 1 }, refresh: 'wait', code: 'concurrent' },
  { what: 'when the first will get none',              ...unanswered, when: { now: at + answerPatience }, refresh: 'retry', code: 'reused' },
  { what: 'several at once, when the first has none yet', ...unanswered, when: { concurrent: true, now: at + 1 }, refresh: 'concurrent', code: 'concurrent' },
  { what: 'the last moment of the window',             when: { now: at + retryWindow }, refresh: 'retry', code: 'reused' },
  { what: 'after it',                                  when: { now: at + retryWindow + 1 }, refresh: 'reused', code: 'reused' },
  { what: 'several at once, after it',                    when: { now: at + retryWindow + 1, concurrent: true }, refresh: 'reused', code: 'concurrent' },
  { what: 'once the successor was used',               when: { successorUsed: true }, refresh: 'reused', code: 'reused' },
  { what: 'several at once, once it was used',            when: { successorUsed: true, concurrent: true }, refresh: 'reused', code: 'concurrent' },
  { what: 'another client',                            who: { clientId: 'spa' }, refresh: 'reused', code: 'reused' },
  { what: 'a public client without a key',             who: { confidential: false }, refresh: 'reused', code: 'reused' },
  { what: 'a public client with the token’s key',      token: bound, who: { confidential: false, jkt: 'key' }, refresh: 'retry', code: 'reused' },
  { what: 'another key',                               token: bound, who: { jkt: 'other' }, refresh: 'reused', code: 'reused' },
  { what: 'no key where the token has one',            token: bound, refresh: 'reused', code: 'reused' },
  { what: 'a token bound to a certificate',            token: { ...token, 'x5t#S256': 'thumb' }, refresh: 'reused', code: 'reused' },
]
for (const { what, who, when, refresh, code, ...more } of cases) {
  test(`presented again: ${what}: a refresh token ${refresh}, a code ${code}`, () => {
    const { answeredAt = undefined } = 'answeredAt' in more ? more : { answeredAt: answered }
    const redemption = { successor: 'next', at, answeredAt }
    const [presenter, circumstances] = [
      { ...owner, ...who },
      { ...alone, ...when },
    ]
    assert.equal(judgeRefreshToken(more.token ?? token, redemption, presenter, circumstances), refresh)
    assert.equal(judgeCode(redemption, presenter, circumstances), code)
  })
}
