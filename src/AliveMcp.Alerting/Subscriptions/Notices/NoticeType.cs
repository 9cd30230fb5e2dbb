using AliveMcp.Alerting.Messages;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>What subscribers are told of an incident. The numbers are stored.</summary>
internal enum NoticeType : byte
{
    Began = 1,

    /// <summary>Its owner said something.</summary>
    Said = 2,
    Over = 3,
}

internal static class NoticeTypes
{
    public static AlertType Alert(this NoticeType type) =>
        type switch
        {
            NoticeType.Began => AlertType.Triggered,
            NoticeType.Said => AlertType.Updated,
            _ => AlertType.Resolved,
        };
}
