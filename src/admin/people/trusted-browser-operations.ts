// Operations on the browsers in which a person needs no second factor.
import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { instant } from '../instant.ts'
import { type Operation, operation } from '../operation.ts'
import { nothing, onePerson, personResource, personTarget } from './target.ts'

const common = { resource: personResource, target: personTarget, query: nothing, body: nothing }

/** At most ten. */
export const trustedBrowserList = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      browser: z.string().optional().describe('User-Agent when it was trusted'),
      address: z.string().optional().describe('address when it was trusted'),
      since: z.iso.datetime(),
      lastUsed: z.iso.datetime().optional().describe('when it last stood in for a second factor'),
      expiresAt: z.iso.datetime(),
    }),
  ),
})

export const trustedBrowserOperations: readonly Operation[] = [
  operation({
    ...common,
    name: 'ListTrustedBrowsers',
    method: 'GET',
    path: '/people/:person/trusted-browsers',
    summary: 'list browsers that need no second factor, the latest use first',
    params: onePerson,
    answer: trustedBrowserList,
    command: { words: 'people trusted-browsers', columns: ['id', 'browser', 'address', 'since', 'lastUsed'] },
    async run({ trustedBrowsers }, { target }) {
      const items = (await trustedBrowsers.list(target.id)).map((one) => ({
        id: one.id,
        ...(one.browser !== undefined && { browser: one.browser }),
        ...(one.address !== undefined && { address: one.address }),
        since: instant(one.createdAt),
        ...(one.lastUsedAt !== undefined && { lastUsed: instant(one.lastUsedAt) }),
        expiresAt: instant(one.expiresAt),
      }))
      return { answer: { items } }
    },
  }),
  operation({
    ...common,
    name: 'RemoveTrustedBrowser',
    method: 'DELETE',
    path: '/people/:person/trusted-browsers/:browser',
    summary: 'ask for the second factor in this browser again; sessions stay',
    params: onePerson.extend({
      browser: z
        .string()
        .regex(/^[\w-]{1,64}$/)
        .describe('id of the browser'),
    }),
    answer: z.undefined(),
    command: { words: 'people remove-trusted-browser' },
    async run({ trustedBrowsers }, { input: { browser }, target }) {
      if (!(await trustedBrowsers.remove(target.id, browser)))
        throw new Problem(
          'not_found',
          `\`${target.name}\` trusts no browser \`${browser}\`; \`chancery people trusted-browsers ${target.name}\` lists them`,
        )
      return { answer: undefined, before: { browser } }
    },
  }),
  operation({
    ...common,
    name: 'RemoveTrustedBrowsers',
    method: 'DELETE',
    path: '/people/:person/trusted-browsers',
    summary: 'ask for the second factor in every browser again; sessions stay',
    params: onePerson,
    answer: z.strictObject({ removed: z.int() }),
    command: { words: 'people remove-trusted-browsers' },
    async run({ trustedBrowsers }, { target }) {
      const removed = await trustedBrowsers.removeAll(target.id)
      return { answer: { removed }, after: { removed } }
    },
  }),
]
