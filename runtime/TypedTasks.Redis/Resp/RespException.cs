namespace TypedTasks.Redis.Resp;

/// <summary>Bytes that are not RESP, or more of it than the limits allow. The connection they came from cannot be used any further.</summary>
internal sealed class RespException(string message) : Exception(message);
