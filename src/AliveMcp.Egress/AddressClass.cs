namespace AliveMcp.Egress;

/// <summary>What kind of place an address leads to. Only <see cref="Public"/> is dialled without being opened first.</summary>
public enum AddressClass : byte
{
    Public = 0,

    /// <summary>This machine: 127.0.0.0/8, ::1.</summary>
    Loopback,

    /// <summary>RFC 1918 and unique local addresses.</summary>
    Private,

    /// <summary>Shared address space of carriers, 100.64.0.0/10.</summary>
    CarrierNat,

    /// <summary>169.254.0.0/16 and fe80::/10.</summary>
    LinkLocal,

    /// <summary>Where clouds hand credentials to whoever asks; opened by its own switch only.</summary>
    Metadata,

    Multicast,

    /// <summary>Unspecified, documentation, benchmarking, retired transition forms and everything that is not globally reachable.</summary>
    Reserved,
}
