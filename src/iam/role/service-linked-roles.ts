// Service-linked roles: roles that a service assumes and nobody else changes (IAM User Guide, "Create a service-linked role").
// They live under `/aws-service-role/<service>/`; authorization/authorized-principal.ts refuses to change what is there.
import { Problem } from '../../problem.ts'
import { uniqueId } from '../../secure/random.ts'
import type { Role } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { revokeAround } from '../ends.ts'
import { entityArn } from '../lookup.ts'
import { createUnique, noSuch } from '../messages.ts'
import { checkName } from '../names.ts'

const taskList = 'service-linked-role-deletion'

/** `elasticbeanstalk.amazonaws.com` → `AWSServiceRoleForElasticbeanstalk`. */
function roleNameFor(service: string, suffix: string | undefined): string {
  const [label = ''] = service.split('.')
  const words = label.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `AWSServiceRoleFor${words.join('')}${suffix === undefined ? '' : `_${suffix}`}`
}

export class ServiceLinkedRoles {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async createServiceLinkedRole(
    call: Call,
    input: {
      readonly serviceName: string
      readonly description?: string | undefined
      readonly suffix?: string | undefined
    },
  ): Promise<Role> {
    const { authorizer, store } = this.#deps
    const service = input.serviceName.toLowerCase()
    const valid = /^[a-z][a-z0-9-]{0,40}(\.[a-z0-9-]+)?\.amazonaws\.com$/.test(service)
    const role: Role = {
      id: uniqueId('AROA'),
      accountId: accountOf(call.caller),
      name: valid ? checkName('role', roleNameFor(service, input.suffix)) : 'unknown',
      path: `/aws-service-role/${service}/`,
      createdAt: call.circumstances.now,
      inline: [],
      attached: [],
      description: input.description,
      trust: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      }),
      maxSessionDuration: 3600,
      tags: [],
      boundary: undefined,
      lastUsed: undefined,
    }
    await authorizer.authorize(call, 'iam:CreateServiceLinkedRole', entityArn('role', role), [
      ['iam:AWSServiceName', service],
    ])
    if (!valid)
      throw new Problem(
        'invalid_input',
        'AWSServiceName must be the name of a service, such as `ecs.amazonaws.com`',
      )
    await createUnique(store.create('role', role), 'role', role.name)
    return role
  }

  /** Deletes at once. @returns the id of a task that has already succeeded, which can be asked for a day */
  async deleteServiceLinkedRole(call: Call, { roleName }: { readonly roleName: string }): Promise<string> {
    const { store, markers } = this.#deps
    const role = await getAuthorized(this.#deps, call, 'role', roleName, 'iam:DeleteServiceLinkedRole')
    if (!role.path.startsWith('/aws-service-role/'))
      throw new Problem('invalid_input', `the role ${role.name} is not a service-linked role`)
    await revokeAround(
      () => this.#deps.ends.roleEnded(role),
      async () => {
        if (!(await store.delete('role', role.id))) throw noSuch('role', roleName)
      },
    )
    return `task${role.path}${role.name}/${markers.seal(call, taskList, role.id)}`
  }

  /** @throws Problem('not_found') for an id that is not of a deletion in this account within a day */
  async getServiceLinkedRoleDeletionStatus(
    call: Call,
    { taskId }: { readonly taskId: string },
  ): Promise<'SUCCEEDED'> {
    const { authorizer, markers } = this.#deps
    const resource = `arn:aws:iam::${accountOf(call.caller)}:role/aws-service-role/*`
    await authorizer.authorize(call, 'iam:GetServiceLinkedRoleDeletionStatus', resource)
    const ticket = /^task\/aws-service-role\/.+\/([^/]+)$/.exec(taskId)?.[1]
    if (markers.tryOpen(call, taskList, ticket) === undefined)
      throw new Problem('not_found', 'there is no deletion task with this id')
    return 'SUCCEEDED'
  }
}
