namespace AliveMcp.Storage.Audit;

/// <summary>Rows of this entity come and go without an audit row. For what is derived, seen by probes, or plumbing; never for what somebody chose.</summary>
/// <param name="why">The reason, for whoever reviews it.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
