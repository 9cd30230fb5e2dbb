using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace AliveMcp.Probing.Transports;

/// <summary>Reads what the HTTP stack throws for a target's fault. Anything else is ours and goes on.</summary>
internal static class WireFaults
{
    public static bool TryRead(Exception e, out WireFault fault, [NotNullWhen(true)] out string? detail)
    {
        fault = Of(e);
        detail = fault == WireFault.None ? null : e.GetBaseException().Message;
        return fault != WireFault.None;
    }

    private static WireFault Of(Exception e) =>
        e switch
        {
            OperationCanceledException => WireFault.Timeout,
            WireException wire => wire.Fault,
            { InnerException: WireException wire } => wire.Fault,
            // The stack wraps a cancelled connection attempt, which only our own limits cancel.
            HttpRequestException { InnerException: OperationCanceledException } => WireFault.Timeout,
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => WireFault.Flood,
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => WireFault.HttpMalformed,
            HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError } => WireFault.HttpMalformed,
            HttpRequestException { HttpRequestError: HttpRequestError.ExtendedConnectNotSupported } =>
                WireFault.HttpMalformed,
            HttpRequestException http when IsReset(http) => WireFault.Reset,
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => WireFault.Reset,
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError } =>
                WireFault.HttpMalformed,
            // A connection that broke in a way the stack has no word for. Whatever else it wraps is ours.
            HttpRequestException { InnerException: IOException } => WireFault.Reset,
            HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => WireFault.HttpMalformed,
            HttpIOException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => WireFault.Flood,
            HttpProtocolException => WireFault.StreamEnded,
            IOException => WireFault.StreamEnded,
            SocketException => WireFault.StreamEnded,
            InvalidDataException => WireFault.HttpMalformed,
            _ => WireFault.None,
        };

    private static bool IsReset(Exception e) =>
        e.GetBaseException()
            is SocketException
            {
                SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
            };
}
