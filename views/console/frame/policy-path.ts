export const policyPath = (arn: string): string => `/console/access/policy?arn=${encodeURIComponent(arn)}`
