namespace AliveMcp.Vocabulary;

/// <summary>Somebody who signs in. A person belongs to no tenant and may be a member of several; the number is given once, never reused.</summary>
public readonly record struct PersonId(int Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
