# The data account: the orders, and who gets at them.
provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "orders" {
  bucket = "acme-orders"
}

data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "ShopWrites"
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = ["${aws_s3_bucket.orders.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444444444444:role/orders-worker"]
    }
  }
  # A partner outside the organization was once let in; a control policy of production keeps it out.
  statement {
    sid       = "PartnerReads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.orders.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::777777777777:root"]
    }
  }
}

resource "aws_s3_bucket_policy" "orders" {
  bucket = aws_s3_bucket.orders.id
  policy = data.aws_iam_policy_document.orders.json
}

# Trusts an account of another unit: whoever in the lab may assume roles reads the orders.
resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::666666666666:root" }
    }]
  })
}

resource "aws_iam_role_policy" "reader" {
  name = "read-orders"
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.orders.arn}/*" }]
  })
}

resource "aws_iam_role" "migrate" {
  name = "migrate"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::333333333333:role/ship" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "migrate" {
  role       = aws_iam_role.migrate.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
}
