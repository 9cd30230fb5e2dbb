namespace AliveMcp.Prober.Cell;

/// <summary>How long a frame may be, and how much goes into one.</summary>
internal static class FrameLimits
{
    /// <summary>Two hundred orders with the longest expectations that settings allow stay below it.</summary>
    public const int Orders = 16 * 1024 * 1024;

    /// <summary>A contract of 4 MiB in base64, and the other answers of its batch.</summary>
    public const int Answers = 16 * 1024 * 1024;

    /// <summary>Messages that travel in one frame. More wait for the next one, which is already being filled.</summary>
    public const int Batch = 64;
}
