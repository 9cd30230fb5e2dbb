namespace AliveMcp.Probing.Transports;

/// <summary>Carries a fault out of the HTTP stack's callbacks, which know no other way out. Never leaves Transports.</summary>
internal sealed class WireException(WireFault fault) : IOException(fault.ToString())
{
    public WireFault Fault { get; } = fault;
}
