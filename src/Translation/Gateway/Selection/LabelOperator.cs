namespace Stagedoor.Translation.Gateway;

/// <summary>Operators of label expressions; the numbers are those of the contract's three enums (1.1).</summary>
internal enum LabelOperator
{
    Equals = 0,
    DoubleEquals = 1,
    NotEquals = 2,
    In = 3,
    NotIn = 4,
    Exists = 5,
    DoesNotExist = 6,
    GreaterThan = 7,
    LessThan = 8,
}
