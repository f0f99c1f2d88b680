// The resource of a denial as the caller is told it. Users, groups, roles and the like are named in requests, and their ARNs have a path
// besides: with it, a denial would say that the name exists, and where (docs/attacks.md 49). Audit entries have the whole ARN; a person reads their own with this one.

/** Things that requests name without their path. */
const named =
  /^(arn:aws:iam::\d{12}:(user|group|role|instance-profile|server-certificate)\/)(?:[^*]*\/)?([^/*]+)$/

/** Actions whose requests give the path, or the ARN. */
const pathIsGiven = /^(?:(?:iam|chancery):(?:Create|Invite|Import|Upload)|sts:)/i
/** AWS names what these are about by ARN, or they are none of AWS's. */
const byArn = /^(?:chancery:|iam:PassRole$)/i

/** The same for a name that exists and for one that does not: of IAM's actions as AWS has it (`role NAME`), else the ARN without path. */
export function shownResource(action: string, resource: string): string {
  const [, start, kind = '', name] = named.exec(resource) ?? []
  if (name === undefined || pathIsGiven.test(action)) return resource
  return byArn.test(action) ? `${start}${name}` : `${kind.replace('-', ' ')} ${name}`
}
