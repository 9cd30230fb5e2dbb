using AliveMcp.Contracts.Changes;

namespace AliveMcp.Cli.Diff;

/// <summary>Which changes close the gate.</summary>
internal enum Gate
{
    /// <summary>Breaking and security ones. The default.</summary>
    Breaking = 0,

    Security,

    Any,

    None,
}

/// <summary>What a gate lets through.</summary>
internal static class Gates
{
    public static bool Stops(this Gate gate, ChangeClass kind) =>
        gate switch
        {
            Gate.Breaking => kind >= ChangeClass.Breaking,
            Gate.Security => kind == ChangeClass.Security,
            Gate.Any => true,
            _ => false,
        };

    public static string Word(Gate gate) => gate.ToString().ToLowerInvariant();
}
