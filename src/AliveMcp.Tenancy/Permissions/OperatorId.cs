using System.Globalization;

namespace AliveMcp.Tenancy.Permissions;

/// <summary>The number of an operator or auditor.</summary>
public readonly record struct OperatorId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
