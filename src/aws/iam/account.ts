// Actions on the account: credential report, summary, alias and authorization details.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import type { Detail, DetailKind } from '../../iam/report/authorization-details.ts'
import { action } from '../action.ts'
import {
  dateOf,
  encoded,
  groupOut,
  pageIn,
  pageOut,
  policyInList,
  profileInList,
  roleOut,
  tagList,
  userInList,
  userOut,
  versionOut,
} from './shapes.ts'

type DetailOf<Kind extends DetailKind> = Extract<Detail, { kind: Kind }>
type Inline = DetailOf<'User'>['record']['inline']

const inlineOut = (policies: Inline) =>
  policies.map(({ name, document }) => ({ PolicyName: name, PolicyDocument: encoded(document) }))

const attachedOut = (arns: readonly string[]) =>
  arns.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))

const userDetail = ({ record, groupNames }: DetailOf<'User'>) => ({
  ...userOut(record),
  ...userInList(record),
  PasswordLastUsed: undefined,
  Tags: tagList(record.tags),
  // Absent when there are none, unlike the list of a group or role.
  UserPolicyList: record.inline.length === 0 ? undefined : inlineOut(record.inline),
  GroupList: groupNames,
  AttachedManagedPolicies: attachedOut(record.attached),
})

const groupDetail = ({ record }: DetailOf<'Group'>) => ({
  ...groupOut(record),
  GroupPolicyList: inlineOut(record.inline),
  AttachedManagedPolicies: attachedOut(record.attached),
})

const roleDetail = ({ record, profiles }: DetailOf<'Role'>) => ({
  ...roleOut(record),
  Tags: tagList(record.tags),
  InstanceProfileList: profiles.map((profile) => profileInList({ profile, role: record })),
  RolePolicyList: inlineOut(record.inline),
  AttachedManagedPolicies: attachedOut(record.attached),
})

const policyDetail = (detail: DetailOf<'LocalManagedPolicy' | 'AWSManagedPolicy'>) => ({
  ...policyInList({ ...detail, policy: detail.record }),
  Description: detail.record.description,
  PolicyVersionList: detail.record.versions.map((version) => versionOut(detail.record, version)),
})

export const accountActions = (iam: Iam) => [
  action<sdk.GenerateCredentialReportCommandInput>('GenerateCredentialReport', async (_, call) =>
    (await iam.generateCredentialReport(call))
      ? { State: 'COMPLETE' }
      : {
          State: 'STARTED',
          Description: 'No report exists. Starting a new report generation task',
        },
  ),
  action<sdk.GetCredentialReportCommandInput>('GetCredentialReport', async (_, call) => {
    const { content, generatedAt } = await iam.getCredentialReport(call)
    return { Content: content, ReportFormat: 'text/csv', GeneratedTime: dateOf(generatedAt) }
  }),
  action<sdk.GetAccountSummaryCommandInput>('GetAccountSummary', async (_, call) => ({
    SummaryMap: await iam.getAccountSummary(call),
  })),
  action<sdk.SetSecurityTokenServicePreferencesCommandInput>(
    'SetSecurityTokenServicePreferences',
    async (input, call) => {
      const tokenVersion = input.GlobalEndpointTokenVersion === 'v1Token' ? 1 : 2
      await iam.setSecurityTokenServicePreferences(call, { tokenVersion })
      return {}
    },
  ),
  action<sdk.CreateAccountAliasCommandInput>('CreateAccountAlias', async (input, call) => {
    await iam.createAccountAlias(call, { alias: input.AccountAlias })
    return {}
  }),
  action<sdk.DeleteAccountAliasCommandInput>('DeleteAccountAlias', async (input, call) => {
    await iam.deleteAccountAlias(call, { alias: input.AccountAlias })
    return {}
  }),
  action<sdk.ListAccountAliasesCommandInput>('ListAccountAliases', async (_, call) => ({
    AccountAliases: await iam.listAccountAliases(call),
    IsTruncated: false,
  })),
  action<sdk.GetAccountAuthorizationDetailsCommandInput>(
    'GetAccountAuthorizationDetails',
    async (input, call) => {
      const found = await iam.getAccountAuthorizationDetails(call, {
        ...pageIn(input),
        filter: input.Filter,
      })
      const of = <Kind extends DetailKind>(...kinds: readonly Kind[]) =>
        found.details.filter((detail): detail is DetailOf<Kind> => kinds.some((kind) => kind === detail.kind))
      return {
        UserDetailList: of('User').map(userDetail),
        GroupDetailList: of('Group').map(groupDetail),
        RoleDetailList: of('Role').map(roleDetail),
        Policies: of('LocalManagedPolicy', 'AWSManagedPolicy').map(policyDetail),
        ...pageOut(found),
      }
    },
  ),
]
