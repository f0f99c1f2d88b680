// Who comes again with what was redeemed (attacks.md 5 and 6), rule by rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  answerPatience,
  type Circumstances,
  judge,
  judgeCode,
  type Presenter,
  retryWindow,
  type Verdict,
} from '../../../src/oidc/artifacts/refresh-retry.ts'

const at = 1_000_000
const answered = at + 200
const owner: Presenter = { clientId: 'web', confidential: true, jkt: undefined, arrivedAt: at + 5000 }
const alone: Circumstances = { successorUsed: false, crowded: false, now: at + 5000 }
const token = { clientId: 'web' }
const bound = { clientId: 'web', jkt: 'key' }

interface Case {
  readonly what: string
  readonly token?: Parameters<typeof judge>[0]
  readonly answeredAt?: number | undefined
  readonly who?: Partial<Presenter>
  readonly when?: Partial<Circumstances>
  readonly refresh: Verdict
  /** The same of a code, where it is another. */
  readonly code: Verdict
}

const unanswered = { answeredAt: undefined }
// biome-ignore format: a table
const cases: readonly Case[] = [
  { what: 'the same hands, after the answer',          refresh: 'again',  code: 'reused' },
  { what: 'who had arrived before the answer',         who: { arrivedAt: answered - 1 }, refresh: 'raced', code: 'raced' },
  { what: 'who arrived with the answer',               who: { arrivedAt: answered }, refresh: 'raced', code: 'raced' },
  { what: 'who arrived just after it',                 who: { arrivedAt: answered + 1 }, refresh: 'again', code: 'reused' },
  { what: 'many at once',                              when: { crowded: true }, refresh: 'raced', code: 'raced' },
  { what: 'while the first has no answer yet',         ...unanswered, when: { now: at + answerPatience - 1 }, refresh: 'wait', code: 'raced' },
  { what: 'when the first will get none',              ...unanswered, when: { now: at + answerPatience }, refresh: 'again', code: 'reused' },
  { what: 'many at once, when the first has none yet', ...unanswered, when: { crowded: true, now: at + 1 }, refresh: 'raced', code: 'raced' },
  { what: 'the last moment of the window',             when: { now: at + retryWindow }, refresh: 'again', code: 'reused' },
  { what: 'after it',                                  when: { now: at + retryWindow + 1 }, refresh: 'reused', code: 'reused' },
  { what: 'many at once, after it',                    when: { now: at + retryWindow + 1, crowded: true }, refresh: 'reused', code: 'raced' },
  { what: 'once the successor was used',               when: { successorUsed: true }, refresh: 'reused', code: 'reused' },
  { what: 'many at once, once it was used',            when: { successorUsed: true, crowded: true }, refresh: 'reused', code: 'raced' },
  { what: 'another client',                            who: { clientId: 'spa' }, refresh: 'reused', code: 'reused' },
  { what: 'a public client without a key',             who: { confidential: false }, refresh: 'reused', code: 'reused' },
  { what: 'a public client with the token’s key',      token: bound, who: { confidential: false, jkt: 'key' }, refresh: 'again', code: 'reused' },
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
    assert.equal(judge(more.token ?? token, redemption, presenter, circumstances), refresh)
    assert.equal(judgeCode(redemption, presenter, circumstances), code)
  })
}
