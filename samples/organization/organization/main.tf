# The organization: three units, five member accounts, and what limits them.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_organizations_organization" "acme" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
}

locals {
  root = aws_organizations_organization.acme.roots[0].id
}

resource "aws_organizations_organizational_unit" "platform" {
  name      = "platform"
  parent_id = local.root
}

resource "aws_organizations_organizational_unit" "production" {
  name      = "production"
  parent_id = local.root
}

resource "aws_organizations_organizational_unit" "sandbox" {
  name      = "sandbox"
  parent_id = local.root
}

resource "aws_organizations_account" "security" {
  name      = "security"
  email     = "aws+security@acme.example"
  parent_id = aws_organizations_organizational_unit.platform.id
}

resource "aws_organizations_account" "delivery" {
  name      = "delivery"
  email     = "aws+delivery@acme.example"
  parent_id = aws_organizations_organizational_unit.platform.id
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "aws+shop@acme.example"
  parent_id = aws_organizations_organizational_unit.production.id
}

resource "aws_organizations_account" "data" {
  name      = "data"
  email     = "aws+data@acme.example"
  parent_id = aws_organizations_organizational_unit.production.id
}

resource "aws_organizations_account" "lab" {
  name      = "lab"
  email     = "aws+lab@acme.example"
  parent_id = aws_organizations_organizational_unit.sandbox.id
}

# Nobody makes users or keys, anywhere.
resource "aws_organizations_policy" "no_standing_keys" {
  name = "no-standing-keys"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "NoUsersNoKeys"
      Effect   = "Deny"
      Action   = ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile"]
      Resource = "*"
    }]
  })
}

resource "aws_organizations_policy_attachment" "no_standing_keys" {
  policy_id = aws_organizations_policy.no_standing_keys.id
  target_id = local.root
}

# What roles of production may do changes only from the management account.
resource "aws_organizations_policy" "fixed_roles" {
  name = "fixed-roles"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "RolesStayAsTheyAre"
      Effect   = "Deny"
      Action   = ["iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"]
      Resource = "*"
      Condition = {
        ArnNotLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/OrganizationAccountAccessRole" }
      }
    }]
  })
}

resource "aws_organizations_policy_attachment" "fixed_roles" {
  policy_id = aws_organizations_policy.fixed_roles.id
  target_id = aws_organizations_organizational_unit.production.id
}

# The sandbox keeps out of the shop. Nobody thought of the data account.
resource "aws_organizations_policy" "sandbox_stays_out" {
  name = "sandbox-stays-out"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "NotIntoTheShop"
      Effect   = "Deny"
      Action   = "sts:AssumeRole"
      Resource = "arn:aws:iam::${aws_organizations_account.shop.id}:role/*"
    }]
  })
}

resource "aws_organizations_policy_attachment" "sandbox_stays_out" {
  policy_id = aws_organizations_policy.sandbox_stays_out.id
  target_id = aws_organizations_organizational_unit.sandbox.id
}

# Whatever a bucket policy says: objects of production are for the organization and for AWS itself.
resource "aws_organizations_policy" "our_data" {
  name = "our-data"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyOurs"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-acmesample1" }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy_attachment" "our_data" {
  policy_id = aws_organizations_policy.our_data.id
  target_id = aws_organizations_organizational_unit.production.id
}

resource "aws_organizations_delegated_administrator" "guardduty" {
  account_id        = aws_organizations_account.security.id
  service_principal = "guardduty.amazonaws.com"
}
