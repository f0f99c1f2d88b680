// Operations on browser sessions and second factors of a person.
import { z } from 'zod'
import { pageOfItems } from '../../iam/paging.ts'
import { Problem } from '../../problem.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { dryRun, endingAnswer, endingOf } from './ending.ts'
import { nothing, onePerson, personResource, personTarget } from './target.ts'

const common = { resource: personResource, target: personTarget }

export const personSession = z.strictObject({
  id: z.string(),
  browser: z.string().optional().describe('User-Agent at the sign-in'),
  address: z.string().optional().describe('address at the sign-in'),
  since: z.iso.datetime(),
  lastUsed: z.iso.datetime().describe('when it was last used for an application'),
  expiresAt: z.iso.datetime(),
  methods: z.array(z.string()).describe('how the person signed in (RFC 8176)'),
  applications: z.array(z.string()).describe('client ids'),
})

export const personFactors = z.strictObject({
  factors: z.array(
    z.strictObject({
      serialNumber: z.string(),
      kind: z.enum(['totp', 'passkey']),
      name: z.string().describe('as its owner calls it'),
      enabledAt: z.iso.datetime().optional(),
    }),
  ),
  recoveryCodes: z.int().describe('unused ones'),
})

export const signInOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'ListPersonSessions',
    method: 'GET',
    path: '/people/:person/sessions',
    summary: 'list browser sessions, the latest sign-in first',
    params: onePerson,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(personSession),
    command: { words: 'people sessions', columns: ['id', 'browser', 'address', 'since', 'lastUsed'] },
    async run({ people: { markers }, personSignIns }, { call, input, target }) {
      const sessions = await personSignIns.sessions(target)
      const latestFirst = ({ authTime, sessionId }: (typeof sessions)[number]) =>
        `${String(10_000_000_000 - authTime).padStart(11, '0')} ${sessionId}`
      const answer = await page(
        { markers, call, list: `sessions of ${target.id}` },
        input,
        async (list, request) => pageOfItems(markers, call, list, request, sessions, latestFirst),
        (one) => ({
          id: one.sessionId,
          ...(one.browser !== undefined && { browser: one.browser }),
          ...(one.address !== undefined && { address: one.address }),
          since: instant(one.authTime),
          lastUsed: instant(one.lastUsed),
          expiresAt: instant(one.expiresAt),
          methods: [...one.amr],
          applications: [...one.clients],
        }),
      )
      return { answer }
    },
  }),
  operation({
    ...common,
    name: 'EndPersonSession',
    method: 'DELETE',
    path: '/people/:person/sessions/:session',
    summary: 'end one browser session, with what was made in it',
    params: onePerson.extend({
      session: z
        .string()
        .regex(/^[\w-]{1,64}$/)
        .describe('id of the session'),
    }),
    query: z.strictObject({ dryRun }),
    body: nothing,
    answer: endingAnswer,
    command: { words: 'people end-session' },
    async run({ personSignIns }, { call, input, target }) {
      const { session: sessionId } = input
      if (!(await personSignIns.sessions(target)).some((one) => one.sessionId === sessionId))
        throw new Problem(
          'not_found',
          `\`${target.name}\` has no session \`${sessionId}\`; \`chancery people sessions ${target.name}\` lists them`,
        )
      const ends = await personSignIns.ending(target, { is: 'browser-session-ended', sessionId })
      const answer = endingOf(input.dryRun, ends)
      if (input.dryRun) return { answer }
      await personSignIns.endSession(call, target, sessionId)
      return { answer, after: { ends: answer.ends } }
    },
  }),
  operation({
    ...common,
    name: 'SignOutPerson',
    method: 'POST',
    path: '/people/:person/sign-out',
    summary: 'end every browser session, with what was made in them',
    params: onePerson,
    query: nothing,
    body: z.strictObject({
      offline: z.boolean().default(false).describe('applications with offline_access too'),
      dryRun,
    }),
    answer: endingAnswer,
    command: { words: 'people sign-out' },
    async run({ personSignIns }, { call, input, target }) {
      const { offline } = input
      const answer = endingOf(input.dryRun, await personSignIns.ending(target, { is: 'signed-out', offline }))
      if (input.dryRun) return { answer }
      await personSignIns.signOut(call, target, offline)
      return { answer, after: { ends: answer.ends } }
    },
  }),
  operation({
    ...common,
    name: 'GetPersonFactors',
    method: 'GET',
    path: '/people/:person/factors',
    summary: 'show second factors',
    params: onePerson,
    query: nothing,
    body: nothing,
    answer: personFactors,
    command: { words: 'people factors' },
    async run({ personSignIns }, { target }) {
      const { devices, recoveryCodes } = await personSignIns.factors(target)
      const shown = devices.map(({ enabledAt, ...one }) => ({
        ...one,
        ...(enabledAt !== undefined && { enabledAt: instant(enabledAt) }),
      }))
      return { answer: { factors: shown, recoveryCodes } }
    },
  }),
  operation({
    ...common,
    name: 'ResetPersonFactors',
    method: 'POST',
    path: '/people/:person/reset-factors',
    summary: 'remove second factors, so that the person sets up new ones; sign-ins by them end',
    params: onePerson,
    query: nothing,
    body: z.strictObject({
      serialNumber: z.string().max(256).optional().describe('only this one; default all'),
      dryRun,
    }),
    answer: endingAnswer,
    command: { words: 'people reset-factors' },
    async run({ personSignIns }, { call, input: { serialNumber, ...input }, target }) {
      const { devices } = await personSignIns.factors(target)
      const chosen = devices.filter((one) => serialNumber === undefined || one.serialNumber === serialNumber)
      if (chosen.length === 0 && serialNumber !== undefined)
        throw new Problem(
          'not_found',
          `\`${target.name}\` has no factor \`${serialNumber}\`; \`chancery people factors ${target.name}\` lists them`,
        )
      const dependencies = personSignIns.factorsOf(call, target, chosen)
      const ends = await personSignIns.ending(target, { is: 'factors-removed', factors: dependencies })
      const answer = endingOf(input.dryRun, ends)
      if (input.dryRun) return { answer }
      await personSignIns.removeFactors(call, target, chosen)
      const before = { factors: chosen.map((one) => one.serialNumber) }
      return { answer, before, after: { factors: [], ends: answer.ends } }
    },
  }),
]
