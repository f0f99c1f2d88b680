// Operations on the keys with which the server signs. They belong to the whole server, so only callers of its first account
// find them.
import { z } from 'zod'
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import { pageOfItems } from '../../iam/paging.ts'
import { endsWithKeys } from '../../iam/server-keys.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation, type Target } from '../operation.ts'
import { dryRun } from '../people/ending.ts'
import { nothing } from '../people/target.ts'
import type { UseCases } from '../use-cases.ts'

type Use = keyof typeof endsWithKeys
export const keyUses = Object.keys(endsWithKeys) as [Use, ...Use[]]

export const signingKey = z.strictObject({
  id: z.string().describe('the `kid`'),
  use: z.enum(keyUses),
  algorithm: z.string(),
  state: z
    .enum(['current', 'next', 'previous'])
    .describe('current: signs; next: is published and signs later; previous: only verifies'),
  createdAt: z.iso.datetime(),
  activeAt: z.iso.datetime().describe('when it begins to sign'),
  expiresAt: z.iso.datetime().optional().describe('when nothing that it signed is valid any longer'),
  age: z.string().describe('time since it was created'),
})

type ListedKey = ReturnType<UseCases['keys']['list']>[number]

const keyAnswer = (listed: ListedKey, now: number): z.input<typeof signingKey> => ({
  id: listed.kid,
  use: listed.use,
  algorithm: listed.alg,
  state: listed.state,
  createdAt: instant(listed.createdAt),
  activeAt: instant(listed.activeAt),
  ...(listed.expiresAt !== undefined && { expiresAt: instant(listed.expiresAt) }),
  age: ageOf(now - listed.createdAt),
})

/** `12 d`, `5 h` or `3 min`. */
function ageOf(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d`
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)} h` : `${Math.max(0, Math.floor(seconds / 60))} min`
}

/** By use and algorithm, then from the oldest to the newest. */
const orderOf = ({ use, alg, activeAt, kid }: ListedKey): string =>
  `${keyUses.indexOf(use)} ${alg} ${String(activeAt).padStart(12, '0')} ${kid}`

const target = (use: UseCases, { caller }: Call, part: string): Target<true> => ({
  arn: `arn:aws:chancery::${use.serverAccountId}:key/${part}`,
  value: accountOf(caller) === use.serverAccountId ? true : undefined,
})

export const keyOperations: readonly Operation[] = [
  operation({
    name: 'ListKeys',
    method: 'GET',
    path: '/keys',
    summary:
      'list the keys with which this server signs: use, algorithm, age, and when the next one takes over',
    resource: 'arn:aws:chancery::<account>:key/*',
    params: nothing,
    query: z.strictObject({ ...pageQuery, use: z.enum(keyUses).optional() }),
    body: nothing,
    answer: listOf(signingKey),
    command: {
      words: 'keys list',
      columns: ['use', 'algorithm', 'state', 'id', 'age', 'activeAt', 'expiresAt'],
    },
    target: (use, call) => target(use, call, '*'),
    async run({ keys, markers }, { call, input: { use, ...pages } }) {
      const all = keys.list().filter((one) => use === undefined || one.use === use)
      const answer = await page(
        { markers, call, list: `keys ${use ?? ''}` },
        pages,
        async (list, request) => pageOfItems(markers, call, list, request, all, orderOf),
        (listed) => keyAnswer(listed, call.circumstances.now),
      )
      return { answer }
    },
  }),
  operation({
    name: 'RotateKeys',
    method: 'POST',
    path: '/keys/rotate',
    summary:
      'let the next key of a use sign from now on; with `now`, for keys that leaked, end all earlier ones',
    resource: 'arn:aws:chancery::<account>:key/<use>',
    params: nothing,
    query: nothing,
    body: z.strictObject({
      use: z.enum(keyUses).default('token').describe('what the keys are for'),
      now: z
        .boolean()
        .default(false)
        .describe('everything that the earlier keys signed becomes invalid at once'),
      dryRun,
    }),
    answer: z.strictObject({
      dryRun: z.boolean().describe('true: nothing was changed'),
      ends: z.string(),
      endedKeys: z.array(z.string()).describe('ids of keys that are no longer accepted'),
      signingKeys: z.array(z.string()).describe('ids of the keys that sign now'),
    }),
    command: { words: 'keys rotate' },
    target: (use, call, input) => target(use, call, input.use),
    async run({ keys }, { call, input }) {
      const { now } = call.circumstances
      const ofUse = () => keys.list().filter(({ use }) => use === input.use)
      const signing = () => ofUse().flatMap(({ kid, state }) => (state === 'current' ? [kid] : []))
      const ends = input.now
        ? endsWithKeys[input.use]
        : 'nothing: what earlier keys signed is valid until it expires'
      if (input.dryRun) {
        const endedKeys = input.now && input.use !== 'audit' ? ofUse().map(({ kid }) => kid) : []
        return { answer: { dryRun: true, ends, endedKeys, signingKeys: signing() } }
      }
      const before = { signingKeys: signing() }
      const endedKeys = input.now ? [...(await keys.replace(input.use, now))] : []
      if (!input.now) await keys.rotate(input.use, now)
      const after = { endedKeys, signingKeys: signing() }
      return { answer: { dryRun: false, ends, ...after }, before, after }
    },
  }),
]
