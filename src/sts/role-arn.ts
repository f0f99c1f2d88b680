// `arn:aws:iam::<account>:role/<path/><name>`: the parts of a role's ARN that STS goes by.

/** The account an ARN says its role is of; undefined when it is no role's ARN. */
export const accountOfRole = (arn: string): string | undefined =>
  /^arn:aws[\w-]*:iam::(\d{12}):role\/[!-~]+$/.exec(arn)?.[1]

/** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>`: the path of the role is not part of it. */
export const sessionArn = (
  role: { readonly accountId: string; readonly name: string },
  sessionName: string,
): string => `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`
