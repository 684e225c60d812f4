"""One YAML architecture pattern in, one working AWS Amplify Gen 2 application out."""

__version__ = "0.1.0"
