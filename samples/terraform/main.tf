# A pipeline role and its bucket, in native Terraform.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}

variable "partner_account" {
  type    = string
  default = "777788889999"
}

locals {
  name = "pipeline"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "${local.name}-artifacts"
}

data "aws_iam_policy_document" "artifacts" {
  statement {
    sid     = "PartnerUpload"
    actions = ["s3:PutObject", "s3:PutObjectAcl"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.partner_account}:root"]
    }
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }
}

resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = data.aws_iam_policy_document.artifacts.json
}

resource "aws_iam_role" "pipeline" {
  name = local.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "pipeline" {
  role   = aws_iam_role.pipeline.name
  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:*", "kms:Decrypt"],
          "Resource": "*"
        }
      ]
    }
  POLICY
}

resource "aws_iam_user" "release" {
  name = "release-bot"
}

resource "aws_iam_access_key" "release" {
  user = aws_iam_user.release.name
}
