// Actions on managed policies and their versions.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { action } from '../action.ts'
import {
  createdPolicyOut,
  pageIn,
  pageOut,
  policyInList,
  policyOut,
  tagList,
  tagsIn,
  versionInList,
  versionOut,
} from './shapes.ts'

export const managedPolicyActions = (iam: Iam) => [
  action<sdk.CreatePolicyCommandInput>('CreatePolicy', async (input, call) => {
    const policy = await iam.createPolicy(call, {
      policyName: input.PolicyName,
      path: input.Path,
      document: input.PolicyDocument,
      description: input.Description,
      tags: tagsIn(input.Tags),
    })
    return { Policy: createdPolicyOut(policy) }
  }),
  action<sdk.GetPolicyCommandInput>('GetPolicy', async (input, call) => ({
    Policy: policyOut(await iam.getPolicy(call, { policyArn: input.PolicyArn })),
  })),
  action<sdk.ListPoliciesCommandInput>('ListPolicies', async (input, call) => {
    const policies = await iam.listPolicies(call, {
      ...pageIn(input),
      scope: input.Scope,
      onlyAttached: input.OnlyAttached,
      pathPrefix: input.PathPrefix,
      usage: input.PolicyUsageFilter,
    })
    return { Policies: policies.items.map(policyInList), ...pageOut(policies) }
  }),
  action<sdk.DeletePolicyCommandInput>('DeletePolicy', async (input, call) => {
    await iam.deletePolicy(call, { policyArn: input.PolicyArn })
    return {}
  }),
  action<sdk.CreatePolicyVersionCommandInput>('CreatePolicyVersion', async (input, call) => {
    const { policy, version } = await iam.createPolicyVersion(call, {
      policyArn: input.PolicyArn,
      document: input.PolicyDocument,
      setAsDefault: input.SetAsDefault,
    })
    return { PolicyVersion: versionInList(policy, version) }
  }),
  action<sdk.GetPolicyVersionCommandInput>('GetPolicyVersion', async (input, call) => {
    const found = await iam.getPolicyVersion(call, {
      policyArn: input.PolicyArn,
      versionId: input.VersionId,
    })
    return { PolicyVersion: versionOut(found.policy, found.version) }
  }),
  action<sdk.ListPolicyVersionsCommandInput>('ListPolicyVersions', async (input, call) => {
    const { policy, versions } = await iam.listPolicyVersions(call, {
      ...pageIn(input),
      policyArn: input.PolicyArn,
    })
    return {
      Versions: versions.items.map((version) => versionInList(policy, version)),
      ...pageOut(versions),
    }
  }),
  action<sdk.DeletePolicyVersionCommandInput>('DeletePolicyVersion', async (input, call) => {
    await iam.deletePolicyVersion(call, { policyArn: input.PolicyArn, versionId: input.VersionId })
    return {}
  }),
  action<sdk.SetDefaultPolicyVersionCommandInput>('SetDefaultPolicyVersion', async (input, call) => {
    await iam.setDefaultPolicyVersion(call, { policyArn: input.PolicyArn, versionId: input.VersionId })
    return {}
  }),
  action<sdk.ListEntitiesForPolicyCommandInput>('ListEntitiesForPolicy', async (input, call) => {
    const entities = await iam.listEntitiesForPolicy(call, {
      ...pageIn(input),
      policyArn: input.PolicyArn,
      entity: input.EntityFilter,
      pathPrefix: input.PathPrefix,
      usage: input.PolicyUsageFilter,
    })
    return {
      PolicyUsers: entities.users.map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyGroups: entities.groups.map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: entities.roles.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...pageOut(entities),
    }
  }),
  action<sdk.TagPolicyCommandInput>('TagPolicy', async (input, call) => {
    await iam.tagPolicy(call, { policyArn: input.PolicyArn, tags: tagsIn(input.Tags) ?? [] })
    return {}
  }),
  action<sdk.UntagPolicyCommandInput>('UntagPolicy', async (input, call) => {
    await iam.untagPolicy(call, { policyArn: input.PolicyArn, keys: input.TagKeys })
    return {}
  }),
  action<sdk.ListPolicyTagsCommandInput>('ListPolicyTags', async (input, call) => {
    const tags = await iam.listPolicyTags(call, { ...pageIn(input), policyArn: input.PolicyArn })
    return { Tags: tagList(tags.items), ...pageOut(tags) }
  }),
]
