namespace AliveMcp.Egress;

/// <summary>Why there is no connection.</summary>
public enum DialFault : byte
{
    /// <summary>There is one.</summary>
    None = 0,

    /// <summary>The name does not exist; where the system does not tell, it may also have no address.</summary>
    NameNotFound,

    /// <summary>The name exists and has no address.</summary>
    NameWithoutAddress,

    /// <summary>The name could not be resolved: the resolver was asked and failed.</summary>
    NameFailed,

    /// <summary>This machine could not ask for the name: its name servers are silent, or too many names were being asked for.</summary>
    ResolverUnfit,

    /// <summary>Every address is one that must not be dialled.</summary>
    NotAllowed,

    Refused,

    /// <summary>Closed during the connection attempt.</summary>
    Reset,

    /// <summary>No address answered within the budget.</summary>
    TimedOut,

    /// <summary>This machine has no route to any of the addresses.</summary>
    NoRoute,

    /// <summary>This machine does not speak the address's family.</summary>
    NoFamily,

    /// <summary>This machine could not even try: it is out of sockets, memory or ports, or forbids the connection itself.</summary>
    Unfit,
}
