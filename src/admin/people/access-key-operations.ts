// The access keys of a person with their age and last use, so that old and unused ones are found. Making, changing and deleting keys
// stays with the IAM API (`aws iam create-access-key`).
import { z } from 'zod'
import { pageOfItems } from '../../iam/paging.ts'
import { instant } from '../instant.ts'
import { listOf, page, pageQuery } from '../list.ts'
import { type Operation, operation } from '../operation.ts'
import { nothing, onePerson, personResource, personTarget } from './target.ts'

export const personAccessKey = z.strictObject({
  id: z.string(),
  status: z.enum(['active', 'inactive']),
  createdAt: z.iso.datetime(),
  ageDays: z.int().describe('whole days since it was created'),
  lastUsedAt: z.iso.datetime().optional().describe('absent when it was never used; up to a minute old'),
  lastUsedService: z.string().optional().describe('service that the last request was signed for'),
  lastUsedRegion: z.string().optional().describe('region that the last request was signed for'),
})

export const accessKeyOperations: readonly Operation[] = [
  operation({
    name: 'ListPersonAccessKeys',
    method: 'GET',
    path: '/people/:person/access-keys',
    summary: 'list access keys with their age and last use, the oldest first',
    resource: personResource,
    params: onePerson,
    query: z.strictObject(pageQuery),
    body: nothing,
    answer: listOf(personAccessKey),
    command: {
      words: 'people access-keys',
      columns: ['id', 'status', 'createdAt', 'ageDays', 'lastUsedAt', 'lastUsedService'],
    },
    target: personTarget,
    async run({ people }, { call, input, target }) {
      const { now } = call.circumstances
      const keys = await people.accessKeys(target)
      const answer = await page(
        { markers: people.markers, call, list: `access keys of ${target.id}` },
        input,
        async (list, request) =>
          pageOfItems(
            people.markers,
            call,
            list,
            request,
            keys,
            ({ createdAt, id }) => `${String(createdAt).padStart(11, '0')} ${id}`,
          ),
        ({ id, status, createdAt, lastUsed }) => ({
          id,
          status: status === 'Active' ? ('active' as const) : ('inactive' as const),
          createdAt: instant(createdAt),
          ageDays: Math.max(0, Math.floor((now - createdAt) / 86_400)),
          ...(lastUsed !== undefined && {
            lastUsedAt: instant(lastUsed.at),
            lastUsedService: lastUsed.service,
            lastUsedRegion: lastUsed.region,
          }),
        }),
      )
      return { answer }
    },
  }),
]
