// Actions of the policy simulator.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import type { SimulationResult } from '../../iam/simulation/answer.ts'
import { action, type Checked } from '../action.ts'
import { pageIn, pageOut } from './shapes.ts'

type SimulationInput = Checked<sdk.SimulateCustomPolicyCommandInput | sdk.SimulatePrincipalPolicyCommandInput>

/** ResourceHandlingOption applies to EC2 scenarios only, so it has no effect here. */
const questionIn = (input: SimulationInput) => ({
  ...pageIn(input),
  policies: input.PolicyInputList,
  boundaries: input.PermissionsBoundaryPolicyInputList,
  actions: input.ActionNames,
  resources: input.ResourceArns,
  resourcePolicy: input.ResourcePolicy,
  resourceOwner: input.ResourceOwner,
  callerArn: input.CallerArn,
  context: input.ContextEntries?.map(({ ContextKeyName, ContextKeyValues, ContextKeyType }) => ({
    name: ContextKeyName,
    values: ContextKeyValues,
    type: ContextKeyType,
  })),
})

const position = ({ line, column }: { readonly line: number; readonly column: number }) => ({
  Line: line,
  Column: column,
})

const matchedOut = ({ matched }: SimulationResult) =>
  matched.map(({ policyId, policyType, start, end }) => ({
    SourcePolicyId: policyId,
    SourcePolicyType: policyType,
    StartPosition: position(start),
    EndPosition: position(end),
  }))

const resultOut = (result: SimulationResult) => {
  const { resource, decision, missing, details, allowedByBoundary, allowedByOrganizations } = result
  const common = {
    MatchedStatements: matchedOut(result),
    MissingContextValues: missing,
    EvalDecisionDetails: details.size === 0 ? undefined : Object.fromEntries(details),
    PermissionsBoundaryDecisionDetail:
      allowedByBoundary === undefined ? undefined : { AllowedByPermissionsBoundary: allowedByBoundary },
  }
  return {
    EvalActionName: result.action,
    EvalResourceName: resource,
    EvalDecision: decision,
    ...common,
    OrganizationsDecisionDetail:
      allowedByOrganizations === undefined ? undefined : { AllowedByOrganizations: allowedByOrganizations },
    ResourceSpecificResults:
      resource === '*'
        ? undefined
        : [{ EvalResourceName: resource, EvalResourceDecision: decision, ...common }],
  }
}

export const simulationActions = (iam: Iam) => [
  action<sdk.SimulateCustomPolicyCommandInput>('SimulateCustomPolicy', async (input, call) => {
    const found = await iam.simulateCustomPolicy(call, {
      ...questionIn(input),
      guardrails: input.OrderedOrganizationPolicyInputList?.map(
        ({ ServiceControlPolicyInputList }) => ServiceControlPolicyInputList ?? [],
      ),
    })
    return { EvaluationResults: found.items.map(resultOut), ...pageOut(found) }
  }),
  action<sdk.SimulatePrincipalPolicyCommandInput>('SimulatePrincipalPolicy', async (input, call) => {
    const found = await iam.simulatePrincipalPolicy(call, {
      ...questionIn(input),
      arn: input.PolicySourceArn,
    })
    return { EvaluationResults: found.items.map(resultOut), ...pageOut(found) }
  }),
  action<sdk.GetContextKeysForCustomPolicyCommandInput>(
    'GetContextKeysForCustomPolicy',
    async (input, call) => ({
      ContextKeyNames: await iam.getContextKeysForCustomPolicy(call, { policies: input.PolicyInputList }),
    }),
  ),
  action<sdk.GetContextKeysForPrincipalPolicyCommandInput>(
    'GetContextKeysForPrincipalPolicy',
    async (input, call) => ({
      ContextKeyNames: await iam.getContextKeysForPrincipalPolicy(call, {
        arn: input.PolicySourceArn,
        policies: input.PolicyInputList,
      }),
    }),
  ),
]
