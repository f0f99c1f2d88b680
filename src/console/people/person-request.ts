// What the pages of one person have in common: who it is, what was just done to them, and what may not be done.
import type { z } from 'zod'
import { t, type Words } from '../../../views/console/message.ts'
import { person } from '../../admin/people/schemas.ts'
import type { ListFile } from '../frame/download.ts'
import type { ConsoleRequest } from '../frame/request.ts'

export type PersonAnswer = z.output<typeof person>

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['saved', t('The profile was saved.')],
  ['disabled', t('They are disabled.')],
  ['enabled', t('They are enabled.')],
  ['signed-out', t('They are signed out everywhere.')],
  ['factors', t('Their second factors are reset.')],
  ['session', t('The session has ended.')],
  ['key', t('The access key is deactivated.')],
  ['trust', t('They are asked for their second factor there again.')],
  ['join', t('They are in the group.')],
  ['leave', t('They are no longer in the group.')],
  ['attach', t('The policy is attached.')],
  ['detach', t('The policy is detached.')],
])

export const doneOf = ({ query }: ConsoleRequest): Words | undefined =>
  doneMessages.get(query.get('done') ?? '')

export const findPerson = (request: ConsoleRequest) =>
  request.performWithVersion('GetPerson', person, { params: { person: request.param('person') } })

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
