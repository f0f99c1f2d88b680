// Actions on service-linked roles.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import { roleOut } from './shapes.ts'

export const serviceLinkedRoleActions = (iam: Iam) => [
  action<sdk.CreateServiceLinkedRoleCommandInput>('CreateServiceLinkedRole', async (input, call) => ({
    Role: roleOut(
      await iam.createServiceLinkedRole(call, {
        serviceName: input.AWSServiceName,
        description: input.Description,
        suffix: input.CustomSuffix,
      }),
    ),
  })),
  action<sdk.DeleteServiceLinkedRoleCommandInput>('DeleteServiceLinkedRole', async (input, call) => ({
    DeletionTaskId: await iam.deleteServiceLinkedRole(call, { roleName: input.RoleName }),
  })),
  action<sdk.GetServiceLinkedRoleDeletionStatusCommandInput>(
    'GetServiceLinkedRoleDeletionStatus',
    async (input, call) => ({
      Status: await iam.getServiceLinkedRoleDeletionStatus(call, { taskId: input.DeletionTaskId }),
    }),
  ),
]
