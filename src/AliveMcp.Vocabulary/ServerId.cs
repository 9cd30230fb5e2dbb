namespace AliveMcp.Vocabulary;

/// <summary>The number of a watched server: given once, never reused, the same for ever whatever its slug or URL become.</summary>
public readonly record struct ServerId(int Value) : IComparable<ServerId>
{
    public int CompareTo(ServerId other) => Value.CompareTo(other.Value);

    public static bool operator <(ServerId left, ServerId right) => left.Value < right.Value;

    public static bool operator >(ServerId left, ServerId right) => left.Value > right.Value;

    public static bool operator <=(ServerId left, ServerId right) => left.Value <= right.Value;

    public static bool operator >=(ServerId left, ServerId right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
