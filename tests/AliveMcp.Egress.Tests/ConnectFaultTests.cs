using System.Net.Sockets;

namespace AliveMcp.Egress.Tests;

public sealed class ConnectFaultTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, DialFault.Refused)]
    [InlineData(SocketError.ConnectionReset, DialFault.Reset)]
    [InlineData(SocketError.TimedOut, DialFault.TimedOut)]
    [InlineData(SocketError.HostUnreachable, DialFault.TimedOut)]
    [InlineData(SocketError.NetworkUnreachable, DialFault.NoRoute)]
    [InlineData(SocketError.AddressFamilyNotSupported, DialFault.NoFamily)]
    [InlineData(SocketError.TooManyOpenSockets, DialFault.Unfit)]
    [InlineData(SocketError.AccessDenied, DialFault.Unfit)]
    [InlineData(SocketError.NoBufferSpaceAvailable, DialFault.Unfit)]
    [InlineData(SocketError.AddressNotAvailable, DialFault.Unfit)]
    [InlineData(SocketError.SocketError, DialFault.Unfit)]
    public void An_error_of_this_machine_is_never_blamed_on_the_target(SocketError error, DialFault fault) =>
        Assert.Equal(fault, ConnectRace.FaultOf(error));

    [Theory]
    [InlineData(DialFault.NoFamily, DialFault.TimedOut, DialFault.TimedOut)]
    [InlineData(DialFault.NoRoute, DialFault.NoFamily, DialFault.NoFamily)]
    [InlineData(DialFault.TimedOut, DialFault.Refused, DialFault.Refused)]
    [InlineData(DialFault.Refused, DialFault.Unfit, DialFault.Unfit)]
    public void The_fault_that_says_most_counts(DialFault one, DialFault other, DialFault worse)
    {
        Assert.Equal(worse, ConnectRace.Worse(one, other));
        Assert.Equal(worse, ConnectRace.Worse(other, one));
    }
}
