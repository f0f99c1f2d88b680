// What the pages of one person have in common: who it is, what was just done to them, and what may not be done.
import type { z } from 'zod'
import { person } from '../../admin/people/schemas.ts'
import type { ListFile } from '../frame/download.ts'
import type { ConsoleRequest } from '../frame/request.ts'

export type PersonAnswer = z.output<typeof person>

const doneMessages: ReadonlyMap<string, string> = new Map([
  ['saved', 'The profile was saved.'],
  ['disabled', 'They are disabled.'],
  ['enabled', 'They are enabled.'],
  ['signed-out', 'They are signed out everywhere.'],
  ['factors', 'Their second factors are reset.'],
  ['session', 'The session has ended.'],
  ['key', 'The access key is deactivated.'],
  ['trust', 'They are asked for their second factor there again.'],
  ['join', 'They are in the group.'],
  ['leave', 'They are no longer in the group.'],
  ['attach', 'The policy is attached.'],
  ['detach', 'The policy is detached.'],
])

export const doneOf = ({ query }: ConsoleRequest): string | undefined =>
  doneMessages.get(query.get('done') ?? '')

export const findPerson = (request: ConsoleRequest) =>
  request.askWithVersion('GetPerson', person, { params: { person: request.param('person') } })

export const denials = async (
  request: ConsoleRequest,
  resource: string,
  actions: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> =>
  new Map(
    await Promise.all(
      actions.map(
        async (name) => [name, await request.denial({ action: `chancery:${name}`, resource })] as const,
      ),
    ),
  )

/** The columns of a file of people. */
export const personColumns: ListFile<PersonAnswer>['columns'] = [
  ['name', ({ name }) => name],
  ['displayName', ({ displayName }) => displayName],
  ['email', ({ email }) => email],
  ['groups', ({ groups }) => groups.join(' ')],
  ['state', ({ state }) => state],
  ['password', ({ password }) => password],
  ['passwordLastUsed', ({ passwordLastUsed }) => passwordLastUsed],
  ['createdAt', ({ createdAt }) => createdAt],
  ['arn', ({ arn }) => arn],
]
