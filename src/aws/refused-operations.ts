// Operations of the AWS models that this server refuses by design, each with the reason. They answer InvalidAction with that reason, to
// authenticated callers only. docs/aws-operations.md lists them.

const organization = 'it manages member accounts of an AWS organization, which this server has none of'
const delegation =
  'it is part of the delegation requests of the AWS console, by which an AWS partner asks for temporary access'
const template = 'it works on role templates that AWS publishes, which exist only at AWS'

/** The reason by the name of the operation, as the rest of a sentence. */
export const refusedOperations: ReadonlyMap<string, string> = new Map([
  ['AssumeRoot', organization],
  ['EnableOrganizationsRootCredentialsManagement', organization],
  ['DisableOrganizationsRootCredentialsManagement', organization],
  ['EnableOrganizationsRootSessions', organization],
  ['DisableOrganizationsRootSessions', organization],
  ['ListOrganizationsFeatures', organization],
  ['GenerateOrganizationsAccessReport', organization],
  ['GetOrganizationsAccessReport', organization],
  ['AcceptDelegationRequest', delegation],
  ['AssociateDelegationRequest', delegation],
  ['CreateDelegationRequest', delegation],
  ['GetDelegationRequest', delegation],
  ['ListDelegationRequests', delegation],
  ['RejectDelegationRequest', delegation],
  ['SendDelegationToken', delegation],
  ['UpdateDelegationRequest', delegation],
  ['GetDelegatedAccessToken', delegation],
  ['GetHumanReadableSummary', 'AWS writes the summary with a language model of its own'],
  ['AcquireRole', template],
  ['GetRoleTemplateVersion', template],
])
