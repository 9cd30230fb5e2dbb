namespace AliveMcp.Contracts.Changes;

/// <summary>What a change means to whoever calls the tool, in order of gravity.</summary>
public enum ChangeClass
{
    /// <summary>Words for readers changed, or the same thing is said in another way: calls stay as they were.</summary>
    Text = 1,

    /// <summary>More is possible, or more is promised: calls that worked still work.</summary>
    Additive = 2,

    /// <summary>Calls that worked may fail or mean something else, or it cannot be decided that they do not.</summary>
    Breaking = 3,

    /// <summary>A tool dropped a promise about what it does to the world.</summary>
    Security = 4,
}
